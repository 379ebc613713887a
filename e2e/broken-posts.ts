import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { signatureOf } from "#server/providers/retell/verify.ts";
import { newPhone } from "./numbers.ts";
import { databaseIn } from "./program.ts";

/** A channel of a test's own, and a customer of it who never wrote before. */
export interface Line {
  provider: "whatsapp" | "retell";
  channelId: string;
  /** Its page. */
  path: string;
  /** Its own webhook address. */
  url: string;
  credentials: Record<string, string>;
  /** What its provider signs with. */
  secret: string;
  /** The customer: their name, their number, and the number as people say it. */
  name: string;
  phone: string;
  spoken: string;
  /** Stands in nothing else. */
  word: string;
  /** Seconds of now, as providers write them. */
  now(): string;
  /** Enters its credentials and ends its set-up. */
  connect(): Promise<void>;
  pause(): Promise<void>;
}

const slug = "atelier-lumen";
const digits = (count: number) => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join("");

/** Connects a channel without the interface, as whoever is signed in on the page. */
export async function connectedLine(
  page: Page,
  name: string,
  provider: Line["provider"] = "whatsapp",
  { connect = true } = {},
): Promise<Line> {
  const origin = process.env.GUICHET_URL ?? "";
  const headers = { origin, "x-guichet-tenant": slug };
  const call = async (method: string, path: string, data: object) => {
    const answer = await page.request.fetch(`${origin}/api/v1/channels${path}`, { method, headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.text();
  };
  const word = Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");
  const { channelId } = JSON.parse(await call("POST", "", { provider, name: `${name} ${word}`, simulated: false })) as {
    channelId: string;
  };
  const credentials = inventCredentials(provider);
  const join = async () => {
    await call("PUT", `/${channelId}/credentials`, { credentials });
    await call("PATCH", `/${channelId}`, { setupStep: "done" });
  };
  if (connect) await join();
  const input = encodeURIComponent(JSON.stringify({ json: { channelId } }));
  const asking = await page.request.get(`${origin}/trpc/channels.address?input=${input}`, { headers });
  const { result } = (await asking.json()) as { result: { data: { json: { webhookUrl: string } } } };
  const phone = newPhone();
  return {
    provider,
    channelId,
    path: `/t/${slug}/settings/channels/${channelId}`,
    url: result.data.json.webhookUrl,
    credentials,
    secret: credentials.app_secret ?? credentials.api_key ?? "",
    name: `Ondine ${word}`,
    phone,
    spoken: phone.replace("+33", "0").replace(/(\d\d)(?=\d)/g, "$1 "),
    word,
    now: () => String(Math.floor(Date.now() / 1000)),
    connect: join,
    pause: async () => void (await call("PUT", `/${channelId}/enabled`, { enabled: false })),
  };
}

function inventCredentials(provider: Line["provider"]): Record<string, string> {
  if (provider === "retell") return { api_key: `key_${digits(28)}`, agent_id: `agent_${digits(26)}` };
  return {
    display_phone_number: `+331990${digits(5)}`,
    phone_number_id: `1${digits(14)}`,
    business_account_id: `1${digits(14)}`,
    access_token: `EAAG${digits(40)}`,
    app_secret: digits(32),
  };
}

/** One change of a number, as Meta writes it. */
export function signedFor({ credentials }: Line, field: string, value: object): string {
  const { business_account_id: id, display_phone_number, phone_number_id } = credentials;
  const metadata = { display_phone_number: display_phone_number?.slice(1), phone_number_id };
  const change = { field, value: { messaging_product: "whatsapp", metadata, ...value } };
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id, changes: [change] }] });
}

/** What the line's customer writes. */
export function messagePost(line: Line, text: string, changes: Record<string, unknown> = {}): string {
  const from = line.phone.slice(1);
  const id = `wamid.${line.word}${digits(12)}`;
  const message = { from, id, timestamp: line.now(), type: "text", text: { body: text }, ...changes };
  const contacts = [{ profile: { name: line.name }, wa_id: from }];
  return signedFor(line, "messages", { contacts, messages: [message] });
}

/** Posts to the line's own address, signed at a time with a secret, or not at all; answers the status. */
export async function postTo(
  { url, provider, secret: right }: Line,
  body: string,
  secret: string | null = right,
  at = new Date(),
  more: Record<string, string> = {},
): Promise<number> {
  const signature: Record<string, string> =
    provider === "retell"
      ? { "x-retell-signature": signatureOf(new TextEncoder().encode(body), at, secret ?? "") }
      : {
          "x-hub-signature-256": `sha256=${createHmac("sha256", secret ?? "")
            .update(body)
            .digest("hex")}`,
        };
  const headers = {
    "content-type": "application/json",
    "user-agent": "caisse/1.0",
    ...(secret === null ? {} : signature),
    ...more,
  };
  return (await fetch(url, { method: "POST", body, headers })).status;
}

/** Makes the program stumble over one message, as a bug of ours would, until it is mended. */
export async function faultInHandler(text: string): Promise<{ mend(): Promise<void> }> {
  const folder = process.env.GUICHET_TEST_DATA;
  if (!folder) throw new Error("the program's folder is not known: leave GUICHET_URL out");
  const sql = databaseIn(folder);
  const name = `fault_${digits(12)}`;
  await sql.begin(async (tx) => {
    await tx.unsafe(`
      create function public.${name}() returns trigger language plpgsql as $$
      begin if new.text = tg_argv[0] then raise exception 'a fault of ours: %', new.text; end if; return new; end $$`);
    await tx.unsafe(
      `create trigger ${name} before insert on messages for each row execute function public.${name}('${text.replaceAll("'", "''")}')`,
    );
  });
  return {
    mend: async () => {
      await sql.unsafe(`drop trigger ${name} on messages; drop function public.${name}()`);
      await sql.end();
    },
  };
}
