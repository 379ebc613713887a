import { describe, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import { createChannel, createMember, createTenant, testConfig } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { newId, newToken } from "#server/core/ids.ts";
import type { ChangeOf } from "#server/webhooks/testing.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { claimEarlier } from "./jobs.ts";

await testDatabase();
useConfig(testConfig({ meta: { appSecret: "platform-secret", verifyToken: "platform-token" } }));
const platform = await createTenant({ kind: "platform" });
const { url, drain } = await startEdge();

/** A number that nobody has connected yet, and what its customers wrote to the common address. */
async function stranger() {
  const account = { phone_number_id: newToken(8), app_secret: `secret-${newToken(8)}` };
  const change: ChangeOf = {
    channel: { credentials: account },
    messages: [textMessage({ id: `wamid.${newId()}`, from: "33639980001", text: "Vous êtes là ?" })],
  };
  const write = async (secret: string, ...beside: ChangeOf[]) =>
    (await post(`${url}/webhooks/whatsapp`, whatsappPost(change, ...beside), secret)).status;
  return { account, change, write };
}

async function shop(credentials: Record<string, string>) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { credentials });
  announceChannelChange();
  const { ctx } = await createMember(tenant, "admin");
  const claim = async () => {
    const { events } = await claimEarlier(ctx, { channelId: channel.channelId });
    await drain.emptied(tenant.tenantId);
    return events;
  };
  return { tenant, channel, ctx, claim };
}

const ofPlatform = async () => (await logsOf(platform)).length;

describe("what came before a number was connected", () => {
  test("is taken over once by whoever connects it with the secret that signed it, and becomes work", async () => {
    const { account, write } = await stranger();
    expect(await write(account.app_secret)).toBe(200);
    const [waiting] = (await logsOf(platform)).slice(-1);
    const { tenant, channel, claim } = await shop(account);
    expect(await claim()).toBe(1);
    expect(await logsOf(tenant)).toMatchObject([
      { id: waiting!.id, status: "processed", reason: null, channel_id: channel.channelId },
    ]);
    expect(await rowsOf(tenant, "messages")).toMatchObject([{ text: "Vous êtes là ?" }]);
    expect(await rowsOf(tenant, "webhook_deliveries")).toMatchObject([{ id: waiting!.delivery_id }]);
    expect(await rowsOf(tenant, "audit_log")).toMatchObject([{ action: "webhook_log.claim", data: { events: 1 } }]);
    expect((await logsOf(platform)).map((row) => row.id)).not.toContain(waiting!.id);
    expect(await claim()).toBe(0);
  });

  test("stays where it is for any other secret, and for what the platform's own app signed", async () => {
    const { account, write } = await stranger();
    await write("somebody-elses-secret");
    await write("platform-secret");
    const before = await ofPlatform();
    const { tenant, claim } = await shop(account);
    expect(await claim()).toBe(0);
    expect([await logsOf(tenant), await ofPlatform()]).toEqual([[], before]);
  });

  test("stays where it is when the post speaks of anybody else's account too", async () => {
    const [one, two] = [await stranger(), await stranger()];
    await one.write(one.account.app_secret, two.change);
    const before = await ofPlatform();
    const { tenant, claim } = await shop(one.account);
    expect(await claim()).toBe(0);
    expect([await logsOf(tenant), await ofPlatform()]).toEqual([[], before]);
    await createChannel(tenant, { credentials: two.account });
    expect(await claim()).toBe(2);
  });

  test("cannot be had through the doors by a tenant that does not hold the number, nor for another's channel", async () => {
    const { account, write } = await stranger();
    await write(account.app_secret);
    const [waiting] = (await logsOf(platform)).slice(-1);
    const owner = await shop(account);
    const other = await shop({ phone_number_id: newToken(8), app_secret: account.app_secret });
    for (const channelId of [other.channel.channelId, owner.channel.channelId]) {
      const taken = await withTenant(other.tenant, async (tx) => [
        ...(await tx.raw.unsafe("select id from door.unclaimed_posts($1, null, 100)", [channelId])),
        ...(await tx.raw.unsafe("select door.claim_post($1, $2)", [channelId, waiting!.delivery_id])),
      ]);
      expect(taken).toEqual([]);
    }
    await expect(claimEarlier(other.ctx, { channelId: owner.channel.channelId })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await owner.claim()).toBe(1);
    // What is one's own is nobody's to claim.
    const again = await withTenant(other.tenant, (tx) =>
      tx.raw.unsafe("select door.claim_post($1, $2)", [other.channel.channelId, waiting!.delivery_id]),
    );
    expect([...again]).toEqual([]);
  });
});
