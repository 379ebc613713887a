import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import type { DemoTenant, Program } from "./program.ts";
import { runProgram } from "./program.ts";
import { bodyFor, isRecorded, recordedBodies, signed, textPost } from "./recorded-traffic.ts";

/** A word that occurs nowhere else, in the form of what it stands for. */
const planted = (name: string) => `${name}-${randomBytes(15).toString("hex")}`;
const environment = { META_APP_SECRET: planted("metasecret"), META_VERIFY_TOKEN: planted("metaverify") };

let program: Program;
let sql: Sql;
let shop: DemoTenant;
test.beforeAll(async () => {
  program = await runProgram({ ...environment, LOG_LEVEL: "trace" });
  sql = program.database();
  shop = program.demoTenants().find((tenant) => tenant.slug === "atelier-lumen")!;
});
test.afterAll(() => program?.dispose());
test.setTimeout(120_000);

/** What must not be found anywhere but where it belongs, by name. */
const newcomer = "neuve@atelier-lumen.example";
const secrets = new Map<string, string>([...Object.entries(environment), ["no secret", newcomer]]);
const found = (where: string, text: string | Buffer) =>
  [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => `${name} in ${where}`);

class Visitor {
  cookie = "";

  async signIn(email: string, password: string): Promise<number> {
    const answer = await fetch(`${program.url}/sign-in`, {
      method: "POST",
      body: new URLSearchParams({ email, password }),
      headers: { origin: program.url },
      redirect: "manual",
    });
    this.cookie =
      answer.headers
        .getSetCookie()
        .find((cookie) => !/max-age=0/i.test(cookie))
        ?.split(";")[0] ?? "";
    return answer.status;
  }

  /** A procedure's answer; what it asks is in superjson's envelope. */
  async ask<T>(path: string, input?: unknown, method: "GET" | "POST" = "GET"): Promise<{ data: T; text: string }> {
    const json = JSON.stringify({ json: input ?? null });
    const query = method === "GET" && input !== undefined ? `?input=${encodeURIComponent(json)}` : "";
    const answer = await fetch(`${program.url}/trpc/${path}${query}`, {
      method,
      ...(method === "POST" ? { body: json } : {}),
      headers: {
        cookie: this.cookie,
        origin: program.url,
        "content-type": "application/json",
        "x-guichet-tenant": shop.slug,
      },
    });
    const text = await answer.text();
    return { data: (JSON.parse(text) as { result?: { data?: { json?: T } } }).result?.data?.json as T, text };
  }

  async read(path: string): Promise<string> {
    const answer = await fetch(program.url + path, { headers: { cookie: this.cookie, accept: "text/html" } });
    return answer.text();
  }
}

test("planted secrets are nowhere: not in tables, files, logs, pages or answers", async () => {
  const owner = new Visitor();
  const helene = shop.signIns.find((one) => one.role === "owner")!;
  await owner.signIn(helene.email, helene.password);
  secrets.set("session", owner.cookie.split("=")[1]!);
  expect(secrets.get("session")?.length).toBeGreaterThan(20);
  await plantPeople(owner);
  const channelId = await plantChannel(owner);
  await plantTraffic();
  readKeys();

  const clean = { leaks: [], looked: true };
  expect(outcome(await inPages(owner, channelId))).toEqual(clean);
  expect(outcome(await inAnswers(owner, channelId))).toEqual(clean);
  expect(outcome(await inTables())).toEqual(clean);
  await program.kill();
  await sql.end();
  expect(found("the program's output", program.output)).toEqual([]);
  expect(outcome(inFiles(program.dataFolder))).toEqual(clean);
});

/** `looked`: what is no secret was found, so the search works. */
const outcome = (hits: readonly string[]) => ({
  leaks: hits.filter((hit) => !hit.startsWith("no secret")),
  looked: hits.some((hit) => hit.startsWith("no secret")),
});

/** An invitation that is used, one that is not, a reset link, a new password, a wrong one. */
async function plantPeople(owner: Visitor): Promise<void> {
  const invite = async (email: string) =>
    (await owner.ask<{ token: string }>("members.invite", { email, role: "agent" }, "POST")).data.token;
  const [used, open] = [await invite(newcomer), await invite("plus-tard@atelier-lumen.example")];
  const password = planted("password");
  const guest = new Visitor();
  await guest.ask("invitations.accept", { token: used, name: "Neuve", password }, "POST");
  const { data: members } = await owner.ask<{ userId: string; email: string }[]>("members.list");
  const userId = members.find((member) => member.email === newcomer)!.userId;
  const { data: reset } = await owner.ask<{ token: string }>("members.issueResetLink", { userId }, "POST");
  const wrong = planted("wrongpassword");
  await new Visitor().signIn(newcomer, wrong);
  expect(await guest.signIn(newcomer, password)).toBe(302);
  for (const link of [`/invitations/${open}`, `/reset/${reset.token}`]) await guest.read(link);
  const tokens = { used, open, reset: reset.token, password, wrong, guest: guest.cookie.split("=")[1]! };
  for (const [name, secret] of Object.entries(tokens)) secrets.set(name, secret);
}

/** A channel of our own making, beside those of the demo. */
async function plantChannel(owner: Visitor): Promise<string> {
  const { data } = await owner.ask<{ channelId: string }>(
    "channels.create",
    { provider: "whatsapp", name: "Plantée", simulated: true },
    "POST",
  );
  const credentials = {
    display_phone_number: "+33199004321",
    phone_number_id: "123450987654321",
    business_account_id: "543210123456789",
    access_token: `EAAG${randomBytes(24).toString("hex")}`,
    app_secret: randomBytes(16).toString("hex"),
  };
  const { text } = await owner.ask("channels.connect", { channelId: data.channelId, credentials }, "POST");
  expect(text).not.toContain('"error"');
  await owner.ask("channels.test", { channelId: data.channelId }, "POST");
  secrets.set("planted access token", credentials.access_token).set("planted app secret", credentials.app_secret);
  for (const channel of shop.channels) {
    // A mailbox signs nothing: it is read.
    if (channel.signingSecret) secrets.set(`${channel.provider} signing secret`, channel.signingSecret);
    secrets.set(`${channel.provider} verify token`, channel.verifyToken);
    for (const name of ["access_token", "api_key", "imap_password"]) {
      const secret = channel.credentials[name];
      if (secret) secrets.set(`${channel.provider} ${name}`, secret);
    }
  }
  expect([...secrets].filter(([, secret]) => secret.length < 12)).toEqual([]);
  return data.channelId;
}

/** Good, forged and broken posts, and both sorts of handshake. */
async function plantTraffic(): Promise<void> {
  for (const channel of shop.channels.filter(({ provider }) => isRecorded(provider))) {
    for (const url of [channel.sharedWebhookUrl, channel.webhookUrl]) {
      const mark = `hub.mode=subscribe&hub.challenge=42&hub.verify_token=${channel.verifyToken}`;
      await fetch(`${url}?${mark}`);
      const body =
        channel.provider === "whatsapp"
          ? textPost(channel, { id: `wamid.SECRET${url.length}`, from: "33639980123", text: "Bonjour" })
          : recordedBodies("twilio")
              .map((sample) => bodyFor(channel, sample))
              .find(Boolean)!;
      const good = signed(channel, url, body);
      await fetch(url, { method: "POST", body, headers: good.headers });
      await fetch(url, { method: "POST", body, headers: signed(channel, url, body, "another").headers });
      await fetch(url, {
        method: "POST",
        body: body.slice(0, 40),
        headers: signed(channel, url, body.slice(0, 40)).headers,
      });
    }
  }
}

/** The key and passwords of the data folder: in their own two files and nowhere else. */
function readKeys(): void {
  secrets.set("ENCRYPTION_KEY", readFileSync(join(program.dataFolder, "encryption.key"), "utf8").trim());
  const passwords = JSON.parse(readFileSync(join(program.dataFolder, "passwords.json"), "utf8")) as Record<
    string,
    string
  >;
  for (const [role, password] of Object.entries(passwords)) secrets.set(`database password of ${role}`, password);
}

async function inPages(owner: Visitor, channelId: string): Promise<string[]> {
  const { data: list } = await owner.ask<{ rows?: { id: string }[] }>("conversations.list", {});
  const conversation = list.rows?.[0]?.id;
  const below = [
    "",
    "/inbox",
    `/inbox/${conversation}`,
    "/tickets",
    "/tickets/1",
    "/customers",
    "/logs",
    "/settings/channels",
    "/settings/channels/new",
    `/settings/channels/${channelId}`,
    ...shop.channels.map(({ id }) => `/settings/channels/${id}`),
    "/settings/members",
    "/settings/members?invite",
    "/settings/profile",
  ].map((path) => `/t/${shop.slug}${path}`);
  const hits: string[] = [];
  for (const path of [...below, "/sign-in", "/simulator", "/setup", "/nowhere"]) {
    hits.push(...found(path, await owner.read(path)), ...found(`${path}.data`, await owner.read(`${path}.data`)));
  }
  return hits;
}

async function inAnswers(owner: Visitor, channelId: string): Promise<string[]> {
  const questions: [string, unknown?][] = [
    ["channels.list"],
    ["channels.providers"],
    ["channels.get", { channelId }],
    ["channels.address", { channelId }],
    ...shop.channels.map(({ id }): [string, unknown] => ["channels.get", { channelId: id }]),
    ["members.list"],
    ["members.invitations"],
    ["auth.sessions"],
    ["shell.load"],
    ["overview.get"],
    ["profile.read"],
    ["conversations.list", {}],
    ["customers.list", {}],
    ["tickets.list", {}],
    ["simulator.lines"],
    // Refusals as well.
    ["channels.get", { channelId: "x" }],
    ["auth.signIn", { email: "x", password: secrets.get("password") }],
  ];
  const hits: string[] = [];
  for (const [path, input] of questions) hits.push(...found(path, (await owner.ask(path, input)).text));
  return hits;
}

async function inTables(): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace space on space.oid = relnamespace
     where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%' order by 1`;
  expect(tables.length).toBeGreaterThan(30);
  const hits: string[] = [];
  for (const { name } of tables) {
    const copied: Buffer[] = [];
    for await (const piece of await sql.unsafe(`copy ${name} to stdout`).readable()) copied.push(piece as Buffer);
    const bytes = Buffer.concat(copied);
    // COPY writes bytea in hex: the bodies of webhooks are looked through as they were.
    const bodies = bytes.toString("latin1").match(/\\\\x[0-9a-f]{40,}/g) ?? [];
    hits.push(...found(name, bytes), ...bodies.flatMap((hex) => found(name, Buffer.from(hex.slice(3), "hex"))));
  }
  return hits;
}

const keyFiles = new Set(["passwords.json", "encryption.key"]);

function inFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(500);
  return files.flatMap((entry) =>
    entry.parentPath === folder && keyFiles.has(entry.name)
      ? []
      : found(entry.name, readFileSync(join(entry.parentPath, entry.name))),
  );
}
