import { describe, expect, test } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
} from "#db/factories.ts";
import { webhookLogCounts } from "#db/schema/webhook-volumes.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { systemClock } from "#server/core/clock.ts";
import { recordFlight } from "#server/domains/flights/record-flight.ts";
import { countLogVolumes, ingestPosts } from "#server/domains/webhook-logs/index.ts";
import { postAt } from "#server/domains/webhook-logs/testing.ts";
import { readLedger } from "#server/domains/webhook-logs/read-ledger.ts";
import { getWebhookLog } from "#server/domains/webhook-logs/get-webhook-log.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { countExpired } from "./count-expired.ts";
import { getLogRetention } from "./get-log-retention.ts";
import { maintainPartitionsJob, removeExpiredJob } from "./jobs.ts";
import { removeExpired } from "./remove-expired.ts";
import { saveLogRetention } from "./save-log-retention.ts";

const database = await testDatabase();
const edge = await startEdge();
const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs);

/** A shop whose log is kept so long, with one event of each age, in days. */
async function shop(days: number, ages: number[]) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const owner = await createMember(tenant, "owner");
  const ctx = contextFor(tenant.tenantId, { type: "member", userId: owner.userId, role: "owner" });
  await saveLogRetention(ctx, { days });
  const ids = await store(ctx.tenantId, channel.channelId, ages);
  while (await countLogVolumes(ctx));
  return { ...tenant, channel, ctx, ids };
}

async function store(tenantId: string | null, channelId: string | null, ages: number[]): Promise<string[]> {
  const posts = ages.map((age) =>
    postAt(tenantId, ago(age), { channelId, status: "ignored", reason: "unsupported_type" }),
  );
  for (const one of posts) await ingestPosts([one]);
  return posts.map((one) => one.events[0]!.id);
}

const countOf = (tenant: { tenantId: string }, table: string) =>
  withTenant(tenant, async (tx) => Number((await tx.raw.unsafe(`select count(*) from ${table}`))[0]?.count));
const kept = (tenant: { tenantId: string }) =>
  withTenant(tenant, async (tx) =>
    (await tx.raw.unsafe<{ id: string }[]>("select id from webhook_logs order by id desc")).map((row) => row.id),
  );
const partitions = async (parent: string) => {
  const rows = await database.owner<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = ${parent}::regclass order by 1`;
  return rows.map((row) => row.name.slice(-8));
};
const run = { clock: systemClock, signal: new AbortController().signal };

describe("a term", () => {
  test("is saved by whoever may, with a trace", async () => {
    const one = await shop(30, []);
    expect(await getLogRetention(one.ctx)).toMatchObject({ days: 30, postDays: 14 });
    await saveLogRetention(one.ctx, { days: 30 });
    await saveLogRetention(one.ctx, { days: 7 });
    expect(await getLogRetention(one.ctx)).toMatchObject({ days: 7, postDays: 7 });
    const traces = await withTenant(one, (tx) =>
      tx.raw.unsafe<{ data: unknown }[]>("select data from audit_log where action = 'log_retention.save' order by id"),
    );
    expect(traces.map((row) => row.data)).toEqual([
      { from: 60, to: 30 },
      { from: 30, to: 7 },
    ]);
  });

  test("shorter than today's says before what it would remove, and removes as many", async () => {
    const one = await shop(60, [50, 40.5, 20, 15, 9, 6, 1, 0]);
    const before = { events: await countOf(one, "webhook_logs"), posts: await countOf(one, "webhook_deliveries") };
    const foretold = await countExpired(one.ctx, { days: 10 });
    expect(foretold).toMatchObject({ events: 4, posts: 4 });
    expect(await countExpired(one.ctx, { days: 60 })).toMatchObject({ events: 0 });
    await saveLogRetention(one.ctx, { days: 10 });
    expect(await removeExpired(one.ctx)).toBe(foretold.events + foretold.posts);
    expect(before.events - (await countOf(one, "webhook_logs"))).toBe(foretold.events);
    expect(before.posts - (await countOf(one, "webhook_deliveries"))).toBe(foretold.posts);
  });
});

describe("the nightly removal", () => {
  test("drops days that nobody keeps, and takes from tenants with a shorter term their rows alone", async () => {
    const ages = [80, 50, 45, 20, 8, 6, 0];
    const long = await shop(60, ages);
    const short = await shop(30, ages);
    const shortest = await shop(7, ages);
    const before = await partitions("webhook_logs");
    expect(before).toContain(ago(80).toISOString().slice(0, 10).replaceAll("-", ""));

    await maintainPartitionsJob.run(run);
    await removeExpiredJob.run(run);
    expect(await kept(long)).toEqual(long.ids.slice(1).toReversed());
    expect(await kept(short)).toEqual(short.ids.slice(3).toReversed());
    expect(await kept(shortest)).toEqual(shortest.ids.slice(5).toReversed());
    const first = ago(60).toISOString().slice(0, 10).replaceAll("-", "");
    expect((await partitions("webhook_logs"))[0]! >= first).toBe(true);
    expect((await partitions("webhook_deliveries"))[0]! >= ago(14).toISOString().slice(0, 10).replaceAll("-", "")).toBe(
      true,
    );
    expect(await countOf(long, "webhook_deliveries")).toBe(3);
    expect(await countOf(shortest, "webhook_deliveries")).toBe(2);

    // Counted before it went: the ledger of a removed day is what it was, also after a recount was asked for.
    await withTenant(shortest, (tx) =>
      tx.raw.unsafe(
        "insert into webhook_log_recounts (tenant_id, quarter) select distinct tenant_id, at from webhook_log_volumes where grain = 'quarter'",
      ),
    );
    while (await countLogVolumes(shortest.ctx));
    for (const one of [long, short, shortest]) {
      const days = await readLedger(one.ctx, { since: ago(59) });
      expect(days.reduce((sum, day) => sum + day.total.received, 0)).toBe(ages.filter((age) => age < 59).length);
      expect(days.find((day) => day.removed && day.total.received > 0) === undefined).toBe(one === long);
    }
  });

  test("goes in bounded steps, waits for live traffic between them, and goes on where it was stopped", async () => {
    const one = await shop(7, [20, 20, 20, 20, 20, 1]);
    const stop = new AbortController();
    let asked = 0;
    const yieldTo = () => {
      if (++asked === 2) stop.abort();
      return undefined;
    };
    expect(await removeExpired(one.ctx, { most: 2, yieldTo, signal: stop.signal })).toBe(4);
    expect(await countOf(one, "webhook_logs")).toBe(2);
    await removeExpired(one.ctx, { most: 2 });
    expect(await kept(one)).toEqual(one.ids.slice(-1));
  });

  test("keeps what was not counted yet", async () => {
    const one = await shop(7, []);
    const ids = await store(one.tenantId, one.channel.channelId, [20]);
    const countedUntil = (at: Date) => withTenant(one, (tx) => tx.update(webhookLogCounts).set({ countedUntil: at }));
    await countedUntil(ago(25));
    await removeExpired(one.ctx);
    expect(await kept(one)).toEqual(ids);
    await countedUntil(ago(0));
    await removeExpired(one.ctx);
    expect(await kept(one)).toEqual([]);
  });

  test("tells of a removed event that it was removed, and of one that never was that there is none", async () => {
    const one = await shop(7, [20, 3]);
    await removeExpired(one.ctx);
    const [removed, there] = one.ids as [string, string];
    await expect(getWebhookLog(one.ctx, { id: removed }, { contents: true })).rejects.toMatchObject({
      code: "not_found",
      reason: "log_removed",
    });
    await expect(getWebhookLog(one.ctx, { id: newId() }, { contents: true })).rejects.toMatchObject({
      reason: "not_found",
    });
    await expect(getWebhookLog(one.ctx, { id: crypto.randomUUID() }, { contents: true })).rejects.toMatchObject({
      reason: "not_found",
    });
    const stranger = await shop(60, []);
    await expect(getWebhookLog(stranger.ctx, { id: there }, { contents: true })).rejects.toMatchObject({
      reason: "not_found",
    });
  });
});

describe("the door", () => {
  test("takes from the session's tenant alone, nothing of nobody, and never a younger row", async () => {
    const ages = [20, 8, 7, 6.9, 0];
    const one = await shop(7, ages);
    const other = await shop(30, ages);
    const all = { one: await kept(one), other: await kept(other) };
    // Without a tenant there is nothing to remove, whoever asks.
    const [nobody] = await database.app`select door.remove_expired('webhook_logs', 1000) as removed`;
    expect(nobody?.removed).toBe(0);
    const removed = await withTenant(one, (tx) =>
      tx.raw.unsafe("select door.remove_expired('webhook_logs', 1000000) as removed"),
    );
    expect(await kept(other)).toEqual(all.other);
    const left = await kept(one);
    expect(removed[0]?.removed).toBe(all.one.length - left.length);
    const cut = new Date(Math.floor(Date.now() / dayMs) * dayMs - 7 * dayMs);
    expect(left).toEqual(one.ids.filter((_, at) => ago(ages[at]!) >= cut).toReversed());
    await expect(withTenant(one, (tx) => tx.raw.unsafe("select door.remove_expired('messages', 10)"))).rejects.toThrow(
      /nothing of that name/,
    );
    await expect(withTenant(one, (tx) => tx.raw.unsafe("delete from webhook_logs"))).rejects.toThrow(
      /permission denied/,
    );
  });

  test("posts of several tenants are kept as long as the tenant that keeps shortest", async () => {
    const platform = await createTenant({ kind: "platform" } as never);
    await shop(7, []);
    await store(platform.tenantId, null, [13, 9, 2]);
    const ctx = contextFor(platform.tenantId, { type: "job", name: "test" });
    await removeExpired(ctx);
    expect(await countOf(platform, "webhook_deliveries")).toBe(1);
  });
});

describe("the path of a message", () => {
  test("says that its event is kept no longer, where it is not", async () => {
    const one = await shop(7, [20]);
    const customer = await createCustomer(one);
    const conversation = await createConversation(one, { channel: one.channel, customer });
    const message = await createMessage(conversation);
    const pointTo = (logId: string) =>
      withTenant(one, (tx) => tx.raw.unsafe("update messages set webhook_log_id = $1", [logId]));
    await pointTo(one.ids[0]!);
    await removeExpired(one.ctx);
    const steps = async () =>
      (await recordFlight(one.ctx, { subject: "message", id: message.messageId })).steps.filter(
        (step) => step.kind === "log_removed",
      );
    expect(await steps()).toMatchObject([{ facts: { days: 7 } }]);
    await pointTo(newId());
    expect(await steps()).toEqual([]);
  });
});

describe("a redelivery", () => {
  test("of an event that is kept no longer makes no second message", async () => {
    const one = await shop(7, []);
    const write = async () => {
      const message = textMessage({ id: `wamid.${one.tenantId}`, from: "33639980019" });
      const body = whatsappPost({ channel: one.channel, messages: [message] });
      await post(`${edge.url}/webhooks/whatsapp`, body, one.channel.credentials.app_secret!);
      await edge.drain.emptied(one.tenantId);
    };
    await write();
    // As after its term: the log knows nothing of it any more.
    await database.owner.begin(async (tx) => {
      await tx`select set_config('app.tenant_id', ${one.tenantId}, true)`;
      await tx`delete from webhook_logs`;
    });
    await write();
    expect(await countOf(one, "messages")).toBe(1);
    expect((await logsOf(one)).map((row) => row.status)).toEqual(["duplicate"]);
  });
});
