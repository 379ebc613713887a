import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import type { InboundEvent } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import type { DemoChannel, DemoTenant, Program } from "./program.ts";
import { runProgram } from "./program.ts";
import type { SignedPost } from "./recorded-traffic.ts";
import { atOnce, bodyFor, isRecorded, recordedBodies, shuffled, signed, textPost } from "./recorded-traffic.ts";
import { findDrift } from "#db/testing-recount.ts";
import { countWaiting } from "./count-waiting.ts";

let program: Program;
let sql: Sql;
let shops: DemoTenant[];
test.beforeAll(async () => {
  program = await runProgram();
  sql = program.database();
  shops = program.demoTenants().filter((tenant) => tenant.kind === "business");
});
test.afterAll(() => program?.dispose());
test.describe.configure({ mode: "serial" });
test.setTimeout(150_000);

const send = async ({ url, body, headers }: SignedPost) => (await fetch(url, { method: "POST", body, headers })).status;
const emptied = () => expect.poll(() => countWaiting(sql), { timeout: 60_000, intervals: [250] }).toBe(0);
const ranks = ["pending", "unknown", "sent", "delivered", "read", "failed"];

/** What the posts say, read without the program. */
async function readPosts(posts: readonly SignedPost[]) {
  const read = posts.map(async ({ channel, url, body, headers }) => {
    const provider = providerNamed(channel.provider)!;
    const parts = await provider.split({ url, headers, body: new TextEncoder().encode(body) });
    return parts.map((part) => ({ channel, part, event: provider.parse(part.payload, new Date()).event }));
  });
  return (await Promise.all(read)).flat();
}

type StatusEvent = Extract<InboundEvent, { kind: "status" }>;
const digestOf = (body: string) => createHash("sha256").update(body).digest("hex");

/** The samples for one channel. Statuses speak of messages that the business did send. */
async function postsFor(channel: DemoChannel, ours: readonly string[]): Promise<SignedPost[]> {
  const bodies = recordedBodies(channel.provider).flatMap((body) => bodyFor(channel, body) ?? []);
  const posts = bodies.map((body, at) => signed(channel, at % 2 ? channel.webhookUrl : channel.sharedWebhookUrl, body));
  const aboutOurs = posts.map(async (post) => {
    const told = (await readPosts([post])).filter((one) => one.event.kind === "status");
    const [status] = told.map((one) => one.event as StatusEvent);
    if (!status || told.length > 1) return [];
    return ours.map((id) => signed(channel, post.url, post.body.replaceAll(status.messageId, id)));
  });
  return [...posts, ...(await Promise.all(aboutOurs)).flat()];
}

async function sentMessages(): Promise<{ channel_id: string; external_id: string; status: string }[]> {
  return sql`select channel_id, external_id, status from messages where direction = 'out' and external_id is not null`;
}

/** Everything that was said; the line of a call in its thread stands for many events. */
async function keptMessages(): Promise<{ channel_id: string; external_id: string }[]> {
  return sql`
    select channel_id, external_id from messages
     where external_id is not null and not exists (select from call_logs where message_id = messages.id)`;
}

test("recorded traffic, signed, repeated and out of order: once in the log per delivery, once in the shop", async () => {
  const channels = shops.flatMap((shop) => shop.channels).filter(({ provider }) => isRecorded(provider));
  const [{ now: since } = { now: new Date() }] = await sql<{ now: Date }[]>`select now() as now`;
  const before = await sentMessages();
  const known = new Set((await keptMessages()).map(keyOf));
  const made = channels.map((channel) => {
    const ours = before.filter((row) => row.channel_id === channel.id).slice(0, 4);
    return postsFor(
      channel,
      ours.map((row) => row.external_id),
    );
  });
  const unique = (await Promise.all(made)).flat();
  const posts = shuffled([...unique, ...unique, ...unique.slice(0, 100)]);
  expect(posts.length).toBeGreaterThanOrEqual(500);

  const watch = watchStatuses();
  const answers = await atOnce(24, posts, send);
  expect(answers.filter((status) => status !== 200)).toEqual([]);
  await emptied();
  expect(await watch.stop()).toEqual([]);

  // Every event of every delivery is in the log, and every one has come to an end.
  const told = await readPosts(posts);
  const deliveries = await sql<{ digest: string; times: number; events: number }[]>`
    select encode(sha256(delivery.body), 'hex') as digest, count(distinct delivery.id)::int as times, count(log.id)::int as events
      from webhook_deliveries delivery left join webhook_logs log on log.delivery_id = delivery.id
     where delivery.received_at >= ${since} group by 1`;
  const stored = new Map(deliveries.map(({ digest, times, events }) => [digest, `${times} × ${events / times}`]));
  const timesSent = Map.groupBy(posts, (post) => digestOf(post.body));
  for (const [digest, same] of timesSent) {
    const { body } = same[0]!;
    const expected = `${same.length} × ${(await readPosts(same.slice(0, 1))).length}`;
    expect([body.slice(0, 400), stored.get(digest)]).toEqual([body.slice(0, 400), expected]);
  }
  const ends = await sql`select distinct status, reason from webhook_logs where received_at >= ${since} order by 1, 2`;
  expect(
    ends.map((row) => row.status).filter((status) => ["failed", "rejected", "received", "retrying"].includes(status)),
  ).toEqual([]);

  // What the events mean is there once.
  const said = new Set(
    told.flatMap(({ channel, event }) =>
      event.kind === "message" ? keyOf({ channel_id: channel.id, external_id: event.messageId }) : [],
    ),
  );
  const kept = (await keptMessages()).map(keyOf);
  expect(new Set(kept).size).toBe(kept.length);
  expect(kept.filter((key) => !known.has(key)).toSorted()).toEqual(
    [...said].filter((key) => !known.has(key)).toSorted(),
  );
  expect(await findDrift(sql)).toEqual({});

  // A message of ours stands at the highest of all that was said of it.
  const highest = new Map(before.map((row) => [keyOf(row), ranks.indexOf(row.status)]));
  for (const { channel, event } of told) {
    const key = event.kind === "status" ? keyOf({ channel_id: channel.id, external_id: event.messageId }) : "";
    const was = highest.get(key);
    if (was !== undefined) highest.set(key, Math.max(was, ranks.indexOf((event as StatusEvent).status)));
  }
  const now = new Map((await sentMessages()).map((row) => [keyOf(row), ranks.indexOf(row.status)]));
  expect([...highest].filter(([key, rank]) => now.get(key) !== rank)).toEqual([]);
});

function keyOf(row: { channel_id?: string; external_id?: string }): string {
  return `${row.channel_id} ${row.external_id}`;
}

/** Looks at every sent message again and again; says which ones went down. */
function watchStatuses(): { stop(): Promise<string[]> } {
  const highest = new Map<string, number>();
  const wentDown: string[] = [];
  const end = new AbortController();
  const look = async () => {
    for (const row of await sentMessages()) {
      const [key, rank] = [keyOf(row), ranks.indexOf(row.status)];
      if (rank < (highest.get(key) ?? 0)) wentDown.push(`${key} to ${row.status}`);
      highest.set(key, rank);
    }
  };
  const looking = (async () => {
    while (!end.signal.aborted) await look();
  })();
  return {
    stop: async () => {
      end.abort();
      await looking;
      return wentDown;
    },
  };
}

const kept = [
  "channel_configurations",
  "customers",
  "customer_identities",
  "customer_activities",
  "customer_tags",
  "conversations",
  "messages",
  "message_events",
  "tickets",
  "analytics_events",
  "audit_log",
];
async function dumpOf(tenantId: string): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {};
  for (const table of kept) {
    const rows = await sql.unsafe<{ row: string }[]>(
      `select (to_jsonb(held) - 'last_error_at' - 'updated_at')::text as row from ${table} held where tenant_id = $1 order by 1`,
      [tenantId],
    );
    dump[table] = rows.map((row) => row.row);
  }
  return dump;
}

test("who signs for one business changes nothing of another", async () => {
  const [mine, theirs] = shops.map((shop) => shop.channels.find((channel) => channel.provider === "whatsapp")!);
  const victim = shops[1]!.id;
  const before = await dumpOf(victim);
  const forged = textPost(theirs!, { id: "wamid.FORGED1", from: "33639980777", text: "Ceci n’est pas de vous" });
  const answers = [];
  for (const url of [theirs!.sharedWebhookUrl, theirs!.webhookUrl, mine!.webhookUrl]) {
    answers.push(await send(signed(theirs!, url, forged, mine!.signingSecret)));
  }
  expect(answers.filter((status) => status !== 401 && status !== 200)).toEqual([]);
  const [own, foreign] = [mine!, theirs!].map(
    (channel, at) =>
      JSON.parse(textPost(channel, { id: `wamid.MIXED${at}`, from: "33639980778", text: "Deux à la fois" })) as {
        entry: unknown[];
      },
  );
  const mixed = JSON.stringify({ ...own, entry: [...own!.entry, ...foreign!.entry] });
  expect(await send(signed(mine!, mine!.sharedWebhookUrl, mixed))).toBe(200);
  await emptied();
  expect(await dumpOf(victim)).toEqual(before);
  const logs = await sql`
    select tenant_id, status, reason from webhook_logs where external_message_id like 'wamid.FORGED%' or external_message_id like 'wamid.MIXED%'`;
  expect(logs.filter((log) => log.tenant_id === victim && log.status !== "rejected")).toEqual([]);
  expect(logs.filter((log) => log.tenant_id === shops[0]!.id && log.status === "processed")).toHaveLength(1);
});
