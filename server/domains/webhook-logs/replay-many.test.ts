import { describe, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { currentConfig } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { seal } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { cancelReplay } from "./cancel-replay.ts";
import { countReplay } from "./count-replay.ts";
import { findReplay } from "./find-replay.ts";
import { replayJob } from "./jobs.ts";
import { replayWebhookLog } from "./replay-webhook-log.ts";
import { startReplay } from "./start-replay.ts";
import { stepReplay } from "./step-replay.ts";
import { sweepReplays } from "./sweep-replays.ts";
import { sweepWebhookLogs } from "./sweep-webhook-logs.ts";

const database = await testDatabase();
const { url, drain } = await startEdge();
const run = { clock: systemClock, signal: new AbortController().signal };
const systemOf = (tenantId: string) => contextFor(tenantId, { type: "system" });

/** What waits in the queue for a replay, in the order it was asked for. */
async function jobsOf(replayId: string): Promise<{ replayId: string; steppedAt: string }[]> {
  const jobs = await database.owner`
    select data from pgboss.job where name = 'webhook_logs.replay' and data ->> 'replayId' = ${replayId} order by created_on`;
  return jobs.map(({ data: { tenantId: _, ...baton } }) => baton as { replayId: string; steppedAt: string });
}

/** A shop whose log holds `bad` posts that were refused and `good` ones that were processed. */
async function shop({ bad, good = 0 }: { bad: number; good?: number }) {
  const tenant = await createTenant();
  // Observing, so that every refusal is kept with its bytes whatever the allowance of a minute.
  const channel = await createChannel(tenant, { observeMode: true });
  const admin = await createMember(tenant, "admin", { name: "Inès" });
  const write = (secret: string) => {
    const message = textMessage({ id: `wamid.${newId()}`, from: "33639980001", text: "Bonjour" });
    return post(`${url}/webhooks/whatsapp`, whatsappPost({ channel, messages: [message] }), secret);
  };
  const right = channel.credentials.app_secret!;
  for (let count = 0; count < good; count++) await write(right);
  for (let count = 0; count < bad; count++) await write("the-new-secret");
  await drain.emptied(tenant.tenantId);
  const mend = async () => {
    const credentials = JSON.stringify({ ...channel.credentials, app_secret: "the-new-secret" });
    const sealed = seal(currentConfig().keyRing, credentials, `${channel.tenantId}:${channel.channelId}`);
    await withTenant(channel, (tx) =>
      tx.raw.unsafe("update channel_configurations set config_encrypted = $1", [sealed]),
    );
    announceChannelChange();
  };
  const statuses = async () =>
    Object.entries(Object.groupBy(await logsOf(tenant), (row) => row.status as string))
      .map(([status, rows]) => `${status} ${rows?.length}`)
      .toSorted();
  return { tenant, channel, admin, mend, statuses };
}

describe("a replay of all that match", () => {
  test("says first what it would do, heals what a fix allows, and leaves the rest as it is", async () => {
    const { tenant, admin, mend, statuses } = await shop({ bad: 5, good: 3 });
    expect(await statuses()).toEqual(["processed 3", "rejected 5"]);
    expect(await countReplay(admin.ctx, {})).toMatchObject({ total: 8, again: 5, unchanged: 3, refused: 0 });
    const messages = (await rowsOf(tenant, "messages")).length;
    await mend();
    const { replayId, total } = await startReplay(admin.ctx, {});
    expect(total).toBe(8);
    await replayJob.run({ tenantId: tenant.tenantId, replayId }, run);
    expect(await statuses()).toEqual(["processed 8"]);
    expect((await rowsOf(tenant, "messages")).length).toBe(messages + 5);
    expect(await findReplay(admin.ctx)).toMatchObject({
      status: "done",
      total: 8,
      replayed: 5,
      unchanged: 3,
      refused: 0,
      requestedBy: "Inès",
    });
    const audit = await rowsOf<Record<string, unknown>>(tenant, "audit_log");
    expect(audit.map((row) => row.action)).toEqual(["webhook_log.replay_many"]);

    await expect(startReplay(admin.ctx, {})).rejects.toMatchObject({ reason: "nothing_to_replay" });
  });

  test("keeps to its filter, and to what was there when it began", async () => {
    const { tenant, channel, admin, mend, statuses } = await shop({ bad: 3 });
    const [first] = await logsOf(tenant);
    await mend();
    const one = await startReplay(admin.ctx, { ids: [first!.id as string] });
    await post(
      `${url}/webhooks/whatsapp`,
      whatsappPost({
        channel,
        messages: [textMessage({ id: `wamid.${newId()}`, from: "33639980001", text: "Plus tard" })],
      }),
      "wrong again",
    );
    await replayJob.run({ tenantId: tenant.tenantId, replayId: one.replayId }, run);
    expect(await statuses()).toEqual(["processed 1", "rejected 3"]);
  });

  test("runs once a tenant, and can be stopped", async () => {
    const { tenant, admin, mend, statuses } = await shop({ bad: 4 });
    await mend();
    const { replayId } = await startReplay(admin.ctx, {});
    await expect(startReplay(admin.ctx, {})).rejects.toMatchObject({ reason: "replay_running" });
    await cancelReplay(admin.ctx, { replayId });
    await replayJob.run({ tenantId: tenant.tenantId, replayId }, run);
    expect(await statuses()).toEqual(["rejected 4"]);
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "cancelled", replayed: 0 });
    expect((await startReplay(admin.ctx, {})).total).toBe(4);
  });

  test("whose worker died goes on where it stood, counts nothing twice, and has one worker only", async () => {
    const { tenant, admin, mend, statuses } = await shop({ bad: 6, good: 3 });
    await mend();
    const past = contextFor(tenant.tenantId, admin.ctx.actor, fixedClock(new Date(Date.now() - 120_000)));
    const { replayId } = await startReplay(past, {});
    // The step commits; the process dies before the drain has seen its events.
    const left = await stepReplay(past, { replayId, most: 4 });
    expect(left).toMatchObject({ state: "stepped", ids: { length: 4 } });
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "running", stalled: true, replayed: 4, unchanged: 3 });

    await sweepReplays(systemClock, systemOf);
    await sweepReplays(systemClock, systemOf);
    const [begun, again, ...more] = await jobsOf(replayId);
    expect(more).toEqual([]);
    // The one that seemed dead comes back, and finds that the baton is another's.
    expect(await stepReplay(past, { ...begun!, most: 4 })).toEqual({ state: "over" });
    await replayJob.run({ tenantId: tenant.tenantId, ...again! }, run);
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "done", total: 9, replayed: 6, unchanged: 3 });
    // Its events are a few seconds old by then.
    await sweepWebhookLogs(drain, new Date(Date.now() + 10_000));
    await drain.emptied(tenant.tenantId);
    expect(await statuses()).toEqual(["processed 9"]);
    const asked = (await rowsOf<{ attempt_log: { outcome: string }[] }>(tenant, "webhook_logs")).map(
      (row) => row.attempt_log.filter((attempt) => attempt.outcome === "replayed").length,
    );
    expect(asked.toSorted()).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1]);
  });

  test("stopped with its program hands itself on", async () => {
    const { tenant, admin } = await shop({ bad: 1 });
    const { replayId } = await startReplay(admin.ctx, {});
    await replayJob.run({ tenantId: tenant.tenantId, replayId }, { ...run, signal: AbortSignal.abort() });
    expect(await jobsOf(replayId)).toHaveLength(2);
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "running", replayed: 0, stalled: false });
  });

  test("adds up to its total when some of its events were settled meanwhile", async () => {
    const { tenant, admin, mend } = await shop({ bad: 5 });
    await mend();
    const { replayId } = await startReplay(admin.ctx, { status: ["rejected"] });
    const [alone] = await logsOf(tenant);
    await replayWebhookLog(admin.ctx, { id: alone!.id });
    await drain.emptied(tenant.tenantId);
    await replayJob.run({ tenantId: tenant.tenantId, replayId }, run);
    expect(await findReplay(admin.ctx)).toMatchObject({
      status: "done",
      total: 5,
      replayed: 4,
      unchanged: 1,
      refused: 0,
    });
  });

  test("steps over many that are done at a glance, and puts no more to work than asked", async () => {
    const { admin, mend } = await shop({ bad: 3, good: 4 });
    await mend();
    const { replayId } = await startReplay(admin.ctx, {});
    expect(await stepReplay(admin.ctx, { replayId, most: 2 })).toMatchObject({ ids: { length: 2 } });
    expect(await findReplay(admin.ctx)).toMatchObject({ replayed: 2, unchanged: 4 });
    expect(await stepReplay(admin.ctx, { replayId, most: 2 })).toMatchObject({ ids: { length: 1 } });
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "running" });
    expect(await stepReplay(admin.ctx, { replayId, most: 2 })).toMatchObject({ ids: [] });
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "done", replayed: 3, unchanged: 4 });
  });

  test("of another tenant is not found, and touches nothing there", async () => {
    const a = await shop({ bad: 2 });
    const b = await shop({ bad: 1 });
    const { replayId } = await startReplay(a.admin.ctx, {});
    await expect(cancelReplay(b.admin.ctx, { replayId })).rejects.toMatchObject({ code: "not_found" });
    const foreign = (await logsOf(a.tenant)).map((row) => row.id as string);
    expect(await countReplay(b.admin.ctx, { ids: foreign })).toMatchObject({ total: 0 });
    expect(await stepReplay(b.admin.ctx, { replayId, most: 10 })).toEqual({ state: "over" });
  });
});
