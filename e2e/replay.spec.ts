import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import type { Ask } from "./procedures.ts";
import { signInAs } from "./procedures.ts";
import type { DemoChannel, Program } from "./program.ts";
import { runProgram } from "./program.ts";
import { atOnce, signed, textPost } from "./recorded-traffic.ts";
import { findDrift } from "#db/testing-recount.ts";
import { countWaiting } from "./count-waiting.ts";

let program: Program;
let admin: Ask;
let sql: Sql;
/** The shop's own channel, and the one of a shop beside it. */
let channels: [own: DemoChannel, other: DemoChannel];
let tenantId: string;
const newSecret = "5c1f0e5c1f0e5c1f0e5c1f0e5c1f0e5c";

test.beforeAll(async () => {
  program = await runProgram();
  const tenants = program.demoTenants();
  const shop = tenants.find((tenant) => tenant.slug === "atelier-lumen")!;
  const whatsapp = tenants.flatMap((tenant) => tenant.channels.filter((one) => one.provider === "whatsapp"));
  const own = whatsapp.find((one) => shop.channels.includes(one))!;
  channels = [own, whatsapp.find((one) => !shop.channels.includes(one))!];
  tenantId = shop.id;
  sql = program.database();
  admin = await signInAs(program, shop, "admin");
});
test.afterAll(() => program?.dispose());
test.setTimeout(150_000);

/** What came in before the replay, by what became of it then. */
const past = { done: 1_200, repeated: 150, paused: 500, fault: 100, unsigned: 50 };
const allThatHeals = past.paused + past.fault + past.unsigned;
const idsOf = (name: string, count: number) => Array.from({ length: count }, (_, at) => `wamid.${name}.${at}`);

/** Everybody writes four times, so that conversations and customers have totals to lose. */
function postOf(id: string, channel: DemoChannel, secret = channel.signingSecret) {
  const at = Number(id.split(".").at(-1));
  const body = textPost(channel, { id, from: `336399${70_000 + Math.floor(at / 4)}`, text: `Message ${id}` });
  return signed(channel, `${program.url}${new URL(channel.sharedWebhookUrl).pathname}`, body, secret);
}

async function send(id: string, channel: DemoChannel, secret?: string): Promise<boolean> {
  const { url, body, headers } = postOf(id, channel, secret);
  const answer = await fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(10_000) }).catch(
    () => null,
  );
  return answer?.status === 200;
}

const worked = () => expect.poll(() => countWaiting(sql), { timeout: 60_000, intervals: [100] }).toBe(0);

/** Successes, repeats, a paused channel, a fault of ours and a secret that was wrong: then all causes are mended. */
async function writeThePast(): Promise<void> {
  const [own] = channels;
  await worked();
  const all = (ids: string[], secret?: string) => atOnce(12, ids, (id) => send(id, own, secret));
  await all(idsOf("DONE", past.done));
  await all(idsOf("DONE", past.repeated));
  await worked();
  await sql.unsafe(`
    create function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault of ours'; end $$;
    create trigger fault before insert on messages for each row when (new.external_id like 'wamid.FAULT.%') execute function fault();`);
  await all(idsOf("FAULT", past.fault));
  await all(idsOf("UNSIGNED", past.unsigned), newSecret);
  await expect.poll(() => sql`select from webhook_logs where status = 'received'`).toEqual([]);
  await admin("channels.enable", { channelId: own.id, enabled: false }, "POST");
  await all(idsOf("PAUSED", past.paused));
  expect(await statuses()).toEqual({
    DONE: `processed ${past.done}, duplicate ${past.repeated}`,
    FAULT: `retrying ${past.fault}`,
    PAUSED: `ignored ${past.paused}`,
    UNSIGNED: `rejected ${past.unsigned}`,
  });
  // As after the last of its tries.
  await sql`update webhook_logs set status = 'failed', next_attempt_at = null where status = 'retrying'`;
  await admin("channels.enable", { channelId: own.id, enabled: true }, "POST");
  await sql.unsafe("drop trigger fault on messages; drop function fault");
  // What was paused takes its time now, so that the kill comes in the midst of it.
  await sql.unsafe(`
    create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.01); return new; end $$;
    create trigger slow before insert on messages for each row when (new.external_id like 'wamid.PAUSED.%') execute function slow();`);
  await admin(
    "channels.connect",
    { channelId: own.id, credentials: { ...own.credentials, app_secret: newSecret } },
    "POST",
  );
  own.signingSecret = newSecret;
}

async function statuses(): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; statuses: string }[]>`
    select name, string_agg(status || ' ' || events, ', ' order by events desc) as statuses from (
      select split_part(external_message_id, '.', 2) as name, status, count(*) as events from webhook_logs
       where external_message_id ~ '^wamid\.(DONE|FAULT|PAUSED|UNSIGNED)\.' group by 1, 2) counted group by name`;
  return Object.fromEntries(rows.map((row) => [row.name, row.statuses]));
}

/** About fifty posts a second, to both shops in turns, from now on. Those that were acknowledged are remembered. */
function startLivePosts() {
  const acknowledged: string[] = [];
  const pending = new Set<Promise<void>>();
  let count = 0;
  const timer = setInterval(() => {
    const id = `wamid.LIVE.${count}`;
    const sent = send(id, channels[count++ % 2]!).then((ok) => void (ok && acknowledged.push(id)));
    pending.add(sent);
    void sent.finally(() => pending.delete(sent));
  }, 20);
  return {
    acknowledged,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(pending);
    },
  };
}

/** All that the successes made, to the last column but those that a later message of the same person moves. */
async function printOfTheDone(): Promise<unknown> {
  const [print] = await sql`
    with done as (select id, customer_id, conversation_id, to_jsonb(message) as row from messages message where external_id like 'wamid.DONE.%')
    select (select md5(string_agg(row::text, '' order by id)) from done) as messages,
           (select count(*) from customer_activities activity join done on done.id = activity.message_id)::int as activities,
           (select count(distinct customer_id) from done)::int as customers,
           (select count(distinct conversation_id) from done)::int as conversations`;
  return print;
}

/** Totals of the shop without what the live posts add, counted from the rows. */
async function totals() {
  const [row] = await sql`
    with own as (select * from messages where tenant_id = ${tenantId} and coalesce(external_id, '') not like 'wamid.LIVE.%')
    select (select count(*)::int from own) as messages,
           (select count(*)::int from own where direction = 'in' and not read) as unread,
           (select count(*)::int from tickets where tenant_id = ${tenantId}) as tickets,
           (select count(*)::int from webhook_logs where tenant_id = ${tenantId} and external_message_id not like 'wamid.LIVE.%') as events,
           (select count(*)::int from customer_activities where tenant_id = ${tenantId}
               and (message_id is null or message_id in (select id from own))) as activities`;
  return row as { messages: number; unread: number; tickets: number; events: number; activities: number };
}

async function replayed(): Promise<Record<string, unknown> & { status: string; replayed: number }> {
  const [row] =
    await sql`select status, total, replayed, unchanged, refused from webhook_replays where tenant_id = ${tenantId}`;
  return row as never;
}

/** Events of the past as the log lists them: how often each was put to work again. */
async function timesReplayed(): Promise<Record<string, number>> {
  const rows = await sql<{ times: number; events: number }[]>`
    select times, count(*)::int as events from (
      select (select count(*)::int from jsonb_array_elements(attempt_log) attempt where attempt ->> 'outcome' = 'replayed') as times
        from webhook_logs where tenant_id = ${tenantId} and external_message_id ~ '^wamid\.(DONE|FAULT|PAUSED|UNSIGNED)\.') counted group by times`;
  return Object.fromEntries(rows.map((row) => [row.times, row.events]));
}

test("a replay beside live posts survives kill -9, heals what was mended once, and changes no total", async () => {
  const since = new Date();
  await writeThePast();
  const before = { totals: await totals(), print: await printOfTheDone() };
  const live = startLivePosts();
  const { total } = await admin<{ total: number }>(
    "webhookLogs.startReplay",
    { channelId: channels[0].id, since },
    "POST",
  );
  await expect
    .poll(async () => (await replayed()).replayed, { timeout: 60_000, intervals: [10] })
    .toBeGreaterThan(allThatHeals / 3);
  await program.kill();
  const halfway = await replayed();
  expect(halfway.status).toBe("running");
  expect(halfway.replayed).toBeLessThan(allThatHeals);
  await sql.unsafe("drop trigger slow on messages; drop function slow");
  await program.start();

  await expect.poll(async () => (await replayed()).status, { timeout: 60_000, intervals: [100] }).toBe("done");
  await live.stop();
  await worked();
  const { messages, unread, activities, ...rest } = before.totals;
  expect(await totals()).toEqual({
    ...rest,
    messages: messages + allThatHeals,
    unread: unread + allThatHeals,
    activities: activities + allThatHeals,
  });
  expect(await printOfTheDone()).toEqual(before.print);
  expect(await statuses()).toEqual({
    DONE: `processed ${past.done}, duplicate ${past.repeated}`,
    FAULT: `processed ${past.fault}`,
    PAUSED: `processed ${past.paused}`,
    UNSIGNED: `processed ${past.unsigned}`,
  });
  const { replayed: again, unchanged, refused, ...end } = (await replayed()) as Record<string, number>;
  expect(end).toEqual({ status: "done", total });
  expect(again! + unchanged! + refused!).toBe(total);
  expect(await timesReplayed()).toEqual({ 0: past.done + past.repeated, 1: again });

  // What was acknowledged is worked, before the kill and after it.
  expect(live.acknowledged.length).toBeGreaterThan(50);
  const lost = await sql`
    select sent.id from unnest(${live.acknowledged}::text[]) as sent (id)
     where not exists (select from webhook_logs where external_message_id = sent.id and status = 'processed')
        or (select count(*) from messages where external_id = sent.id) <> 1`;
  expect(lost.map((row) => String(row.id))).toEqual([]);
  expect(await findDrift(sql)).toEqual({});
  const audit =
    await sql`select action from audit_log where tenant_id = ${tenantId} and action like 'webhook_log.replay%'`;
  expect(audit.map((row) => row.action)).toEqual(["webhook_log.replay_many"]);
});
