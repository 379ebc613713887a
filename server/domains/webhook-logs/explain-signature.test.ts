import twilio from "twilio";
import { describe, expect, test } from "vitest";
import { announceChannelChange } from "#db/channel-notices.ts";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { currentConfig } from "#server/core/config.ts";
import { seal } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { explainSignature } from "./jobs.ts";

await testDatabase();
const { url, drain } = await startEdge();
const publicUrl = "https://guichet.test";

async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { name: "Boutique" });
  const other = await createChannel(tenant, { name: "Atelier" });
  const { ctx } = await createMember(tenant, "admin");
  const write = async (secret: string) => {
    const messages = [textMessage({ id: `wamid.${newId()}`, from: "33639980001" })];
    await post(`${url}/webhooks/whatsapp`, whatsappPost({ channel, messages }), secret);
    await drain.emptied(tenant.tenantId);
    return (await logsOf(tenant)).at(-1)!.id;
  };
  const keep = (credentials: Record<string, string>) =>
    withTenant(channel, async (tx) => {
      const sealed = seal(
        currentConfig().keyRing,
        JSON.stringify(credentials),
        `${channel.tenantId}:${channel.channelId}`,
      );
      await tx.raw.unsafe("update channel_configurations set config_encrypted = $1 where id = $2", [
        sealed,
        channel.channelId,
      ]);
      tx.afterCommit(announceChannelChange);
    });
  return { tenant, channel, other, ctx, write, keep };
}

describe("a refused signature is explained", () => {
  test("by the secret of another channel", async () => {
    const { ctx, other, write } = await shop();
    const id = await write(other.credentials.app_secret!);
    expect(await explainSignature(ctx, { id })).toEqual({
      found: "other_channel",
      channelId: other.channelId,
      channelName: "Atelier",
    });
  });

  test("by another field of the channel", async () => {
    const { ctx, channel, write } = await shop();
    const id = await write(channel.credentials.access_token!);
    expect(await explainSignature(ctx, { id })).toEqual({ found: "other_field", field: "access_token" });
  });

  test("by a secret that was changed since, or saved with a blank", async () => {
    const { ctx, channel, write, keep } = await shop();
    const id = await write("the-new-secret");
    expect(await explainSignature(ctx, { id })).toEqual({ found: "nothing" });
    await keep({ ...channel.credentials, app_secret: "the-new-secret " });
    expect(await explainSignature(ctx, { id })).toEqual({ found: "blank" });
    await keep({ ...channel.credentials, app_secret: "the-new-secret" });
    expect(await explainSignature(ctx, { id })).toEqual({ found: "today" });
  });

  test("by the address that a proxy or a console made of ours", async () => {
    const tenant = await createTenant();
    const channel = await createChannel(tenant, { provider: "twilio" });
    const { ctx } = await createMember(tenant, "admin");
    const signedFor = async (address: string, headers: Record<string, string> = {}) => {
      const { account_sid: AccountSid, phone_number: To, auth_token: token } = channel.credentials;
      const form = {
        MessageSid: `SM${newToken(16)}`,
        AccountSid: AccountSid!,
        From: "+33639980100",
        To: To!,
        Body: "Oui",
      };
      const signature = twilio.getExpectedTwilioSignature(token!, address, form);
      const body = new URLSearchParams(form);
      await fetch(`${url}/webhooks/twilio`, {
        method: "POST",
        body,
        headers: { "x-twilio-signature": signature, ...headers },
      });
      await drain.emptied(tenant.tenantId);
      return explainSignature(ctx, { id: (await logsOf(tenant)).at(-1)!.id });
    };
    expect(await signedFor("http://guichet.test/webhooks/twilio")).toEqual({
      found: "other_address",
      origin: "http://guichet.test",
      differs: "scheme",
      header: null,
    });
    expect(await signedFor("http://guichet.test/webhooks/twilio", { "x-forwarded-proto": "http" })).toMatchObject({
      differs: "scheme",
      header: "x-forwarded-proto",
    });
    expect(await signedFor(`${publicUrl}/webhooks/twilio/`)).toMatchObject({
      found: "other_address",
      differs: "ending",
    });
    expect(await signedFor("https://inside.example/webhooks/twilio", { "x-forwarded-host": "inside.example" })).toEqual(
      { found: "other_address", origin: "https://inside.example", differs: "host", header: "x-forwarded-host" },
    );
  });

  test("not to another tenant, nor by another tenant's secret, nor where it was genuine", async () => {
    const [one, two] = [await shop(), await shop()];
    const refused = await one.write(two.channel.credentials.app_secret!);
    expect(await explainSignature(one.ctx, { id: refused })).toEqual({ found: "nothing" });
    await expect(explainSignature(two.ctx, { id: refused })).rejects.toMatchObject({ code: "not_found" });
    const genuine = await one.write(one.channel.credentials.app_secret!);
    await expect(explainSignature(one.ctx, { id: genuine })).rejects.toMatchObject({ code: "not_found" });
  });
});
