import { describe, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { currentConfig } from "#server/core/config.ts";
import { digest, seal } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import { signatureOf } from "#server/providers/retell/verify.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { getWebhookLog } from "./get-webhook-log.ts";
import { replayWebhookLog } from "./replay-webhook-log.ts";

await testDatabase();
const { url, drain } = await startEdge();

async function shop(values: Parameters<typeof createChannel>[1] = {}) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, values);
  const admin = await createMember(tenant, "admin", { name: "Inès" });
  const send = async (secret: string, text = "Bonjour") => {
    const message = textMessage({ id: `wamid.${newId()}`, from: "33639980001", text });
    const answer = await post(`${url}/webhooks/whatsapp`, whatsappPost({ channel, messages: [message] }), secret);
    await drain.emptied(tenant.tenantId);
    const log = (await logsOf(tenant)).at(-1);
    return { status: answer.status, id: log!.id };
  };
  const replay = async (id: string) => {
    const replayed = await replayWebhookLog(admin.ctx, { id });
    await drain.emptied(tenant.tenantId);
    return { ...replayed, log: (await logsOf(tenant)).find((row) => row.id === id)! };
  };
  return { tenant, channel, admin, send, replay, secret: channel.credentials.app_secret! };
}

/** The admin corrects the channel's app secret. */
async function correctSecret(channel: Awaited<ReturnType<typeof createChannel>>, secret: string): Promise<void> {
  const bound = `${channel.tenantId}:${channel.channelId}`;
  const sealed = seal(currentConfig().keyRing, JSON.stringify({ ...channel.credentials, app_secret: secret }), bound);
  await withTenant(channel, (tx) => tx.raw.unsafe("update channel_configurations set config_encrypted = $1", [sealed]));
  announceChannelChange();
}

describe("a replay", () => {
  test("of a success changes nothing, and leaves its trace", async () => {
    const { tenant, send, replay, secret, admin } = await shop();
    const { id } = await send(secret);
    const before = await rowsOf(tenant, "messages");
    const { outcome, log } = await replay(id);
    expect([outcome, log.status, log.attempts]).toEqual(["unchanged", "processed", 1]);
    expect(await rowsOf(tenant, "messages")).toEqual(before);
    expect(await rowsOf(tenant, "audit_log")).toMatchObject([
      {
        action: "webhook_log.replay",
        entity_id: id,
        actor_id: admin.userId,
        data: { status: "processed", reason: null },
      },
    ]);
    const { attemptLog } = await getWebhookLog(admin.ctx, { id }, { contents: true });
    expect(attemptLog.map(({ outcome: became, by }) => [became, by])).toEqual([
      ["processed", undefined],
      ["unchanged", "Inès"],
    ]);
  });

  test("of a refused post verifies the stored bytes again: refused as long as the secret is wrong, then worked on", async () => {
    const { tenant, channel, send, replay } = await shop();
    const { status, id } = await send("the-real-secret");
    expect(status).toBe(401);
    const still = await replay(id);
    expect(still.log).toMatchObject({ status: "rejected", reason: "signature_mismatch" });
    expect(await rowsOf(tenant, "messages")).toEqual([]);
    await correctSecret(channel, "the-real-secret");
    const { log } = await replay(id);
    expect(log).toMatchObject({ status: "processed", reason: null, attempts: 2 });
    expect(await rowsOf(tenant, "messages")).toHaveLength(1);
  });

  test("of a refused post whose bytes were not kept whole stays refused", async () => {
    const { channel, send, replay } = await shop();
    const { id } = await send("the-real-secret", "a".repeat(20_000));
    await correctSecret(channel, "the-real-secret");
    expect((await replay(id)).log).toMatchObject({ status: "rejected", reason: "signature_mismatch" });
  });

  test("of what came while the channel was paused waits until it is not", async () => {
    const { tenant, send, replay, secret } = await shop({ enabled: false });
    const { id } = await send(secret);
    await expect(replay(id)).rejects.toMatchObject({ code: "channel_paused" });
    await withTenant(tenant, (tx) => tx.raw.unsafe("update channel_configurations set enabled = true"));
    expect((await replay(id)).log).toMatchObject({ status: "processed", reason: null });
  });

  test("of an account that nobody had connected finds it once it is, and only with its own secret", async () => {
    const { tenant, channel, replay } = await shop();
    const second = { phone_number_id: newId(), app_secret: "secret-of-the-second" };
    const message = textMessage({ id: `wamid.${newId()}`, from: "33639980001" });
    const body = whatsappPost({ channel: { credentials: { ...channel.credentials, ...second } }, messages: [message] });
    await post(`${url}/webhooks/whatsapp/${channel.webhookKey}`, body, second.app_secret);
    const [log] = await logsOf(tenant);
    expect(log).toMatchObject({ status: "rejected", reason: "unknown_account", channel_id: channel.channelId });
    expect((await replay(log!.id)).log).toMatchObject({ status: "rejected", reason: "unknown_account" });
    const connected = await createChannel(tenant, { credentials: { ...second, app_secret: "mistyped" } });
    expect((await replay(log!.id)).log).toMatchObject({
      status: "rejected",
      reason: "signature_mismatch",
      channel_id: connected.channelId,
    });
    const bound = `${tenant.tenantId}:${connected.channelId}`;
    const sealed = seal(currentConfig().keyRing, JSON.stringify({ ...connected.credentials, ...second }), bound);
    await withTenant(tenant, (tx) =>
      tx.raw.unsafe("update channel_configurations set config_encrypted = $1 where id = $2", [
        sealed,
        connected.channelId,
      ]),
    );
    expect((await replay(log!.id)).log).toMatchObject({ status: "processed", reason: null });
    expect(await rowsOf(tenant, "messages")).toMatchObject([{ channel_id: connected.channelId }]);
  });

  test("of what came before the channel had its credentials is taken once it has, by its number and its secret", async () => {
    const { tenant, channel, replay, secret } = await shop({
      credentials: { app_secret: "" },
      routingKeys: [`none:${newId()}`],
    });
    expect(secret).toBe("");
    const hook = `hook:${digest(channel.webhookKey)}`;
    const keep = (values: Record<string, string>, key: string) =>
      withTenant(tenant, async (tx) => {
        const sealed = seal(
          currentConfig().keyRing,
          JSON.stringify({ ...channel.credentials, ...values }),
          `${tenant.tenantId}:${channel.channelId}`,
        );
        await tx.raw.unsafe("update channel_configurations set config_encrypted = $1", [sealed]);
        await tx.raw.unsafe("insert into channel_routing_keys (tenant_id, key, channel_id) values ($1, $2, $3)", [
          tenant.tenantId,
          key,
          channel.channelId,
        ]);
        tx.afterCommit(announceChannelChange);
      });
    await keep({}, hook);
    const message = textMessage({ id: `wamid.${newId()}`, from: "33639980001" });
    const body = whatsappPost({ channel, messages: [message] });
    const answer = await post(`${url}/webhooks/whatsapp/${channel.webhookKey}`, body, "the-real-secret");
    const [log] = await logsOf(tenant);
    expect([answer.status, log!.reason, log!.channel_id]).toEqual([401, "not_configured", channel.channelId]);
    expect((await replay(log!.id)).log).toMatchObject({ status: "rejected", reason: "not_configured" });
    await keep({ app_secret: "the-real-secret" }, `whatsapp:number:${channel.credentials.phone_number_id}`);
    expect((await replay(log!.id)).log).toMatchObject({ status: "processed", reason: null });
  });

  test("of what had grown old on its way takes it, if the right secret signed it", async () => {
    const tenant = await createTenant();
    const channel = await createChannel(tenant, { provider: "retell" });
    const { ctx } = await createMember(tenant, "admin");
    const call = { call_id: `call_${newId()}`, agent_id: channel.credentials.agent_id, call_status: "ongoing" };
    const bodyOf = (id: string) =>
      new TextEncoder().encode(JSON.stringify({ event: "call_started", call: { ...call, call_id: id } }));
    const hourAgo = new Date(Date.now() - 3_600_000);
    const signedBy = async (key: string, id: string) => {
      const body = bodyOf(id);
      const headers = { "content-type": "application/json", "x-retell-signature": signatureOf(body, hourAgo, key) };
      const answer = await fetch(`${url}/webhooks/retell`, { method: "POST", body, headers });
      return [answer.status, (await logsOf(tenant)).at(-1)!] as const;
    };
    const [status, log] = await signedBy(channel.credentials.api_key!, `call_${newId()}`);
    expect([status, log.status, log.reason]).toEqual([401, "rejected", "stale"]);
    const [, forged] = await signedBy("another key", `call_${newId()}`);
    expect(forged.reason).toBe("signature_mismatch");
    for (const { id } of [log, forged]) await replayWebhookLog(ctx, { id });
    await drain.emptied(tenant.tenantId);
    expect((await logsOf(tenant)).map((row) => [row.status, row.reason])).toEqual([
      ["processed", null],
      ["rejected", "signature_mismatch"],
    ]);
  });

  test("of what says nothing is refused, and so is another tenant's", async () => {
    const { tenant, admin } = await shop();
    const channel = await createChannel(tenant);
    await post(`${url}/webhooks/whatsapp/${channel.webhookKey}`, "not json", null);
    const [malformed] = await logsOf(tenant);
    await expect(replayWebhookLog(admin.ctx, { id: malformed!.id })).rejects.toMatchObject({
      reason: "not_replayable",
    });
    const stranger = await createMember(await createTenant(), "owner");
    await expect(replayWebhookLog(stranger.ctx, { id: malformed!.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(getWebhookLog(stranger.ctx, { id: malformed!.id }, { contents: true })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
