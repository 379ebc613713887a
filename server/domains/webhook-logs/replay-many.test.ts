import { describe, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { currentConfig } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { seal } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { cancelReplay } from "./cancel-replay.ts";
import { countReplay } from "./count-replay.ts";
import { findReplay } from "./find-replay.ts";
import { replayJob } from "./jobs.ts";
import { startReplay } from "./start-replay.ts";
import { stepReplay } from "./step-replay.ts";
import { sweepReplays } from "./sweep-replays.ts";

const database = await testDatabase();
const { url, drain } = await startEdge();
const run = { clock: { now: () => new Date() }, signal: new AbortController().signal };

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

  test("whose worker died goes on where it stood, and counts nothing twice", async () => {
    const { tenant, admin, mend, statuses } = await shop({ bad: 6 });
    await mend();
    const past = contextFor(tenant.tenantId, admin.ctx.actor, fixedClock(new Date(Date.now() - 120_000)));
    const { replayId } = await startReplay(past, {});
    // The step commits; the process dies before the drain has seen its events.
    expect(await stepReplay(past, { replayId })).toMatchObject({ state: "stepped" });
    await withTenant(tenant, (tx) =>
      tx.raw.unsafe("update webhook_replays set status = 'running', finished_at = null"),
    );
    await sweepReplays({ now: () => new Date() }, (tenantId) => contextFor(tenantId, { type: "system" }));
    const jobs =
      await database.owner`select data from pgboss.job where name = 'webhook_logs.replay' and data ->> 'replayId' = ${replayId}`;
    expect(jobs.length).toBe(2);
    await replayJob.run({ tenantId: tenant.tenantId, replayId }, run);
    expect(await findReplay(admin.ctx)).toMatchObject({ status: "done", replayed: 6 });
    expect(await statuses()).toEqual(["received 6"]);
  });

  test("of another tenant is not found, and touches nothing there", async () => {
    const a = await shop({ bad: 2 });
    const b = await shop({ bad: 1 });
    const { replayId } = await startReplay(a.admin.ctx, {});
    await expect(cancelReplay(b.admin.ctx, { replayId })).rejects.toMatchObject({ code: "not_found" });
    const foreign = (await logsOf(a.tenant)).map((row) => row.id as string);
    expect(await countReplay(b.admin.ctx, { ids: foreign })).toMatchObject({ total: 0 });
    expect(await stepReplay(b.admin.ctx, { replayId })).toEqual({ state: "over" });
  });
});
