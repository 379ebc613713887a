import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import type { MadeChannel, MadeTenant } from "#db/factories.ts";
import { DomainError } from "#server/core/errors.ts";
import { getChannel } from "./get-channel.ts";
import { saveAutoReply } from "./save-auto-reply.ts";
import { saveVoice } from "./save-voice.ts";
import { voiceSettings } from "./schemas.ts";

await testDatabase();

const forward = {
  greeting: "Bonjour, Atelier Exemple.",
  language: "fr" as const,
  handling: "forward" as const,
  forwardTo: "+33199005678",
  voiceChannelId: null,
  voicemail: true,
};
const toAgent = (voiceChannelId: string) => ({
  ...forward,
  handling: "voice_agent" as const,
  forwardTo: null,
  voiceChannelId,
});

async function shop() {
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "admin");
  const { channelId } = await createChannel(tenant, { provider: "twilio" });
  return { tenant, ctx, channelId };
}

async function agentOf(tenant: MadeTenant, number: string | null): Promise<MadeChannel> {
  const agent = await createChannel(tenant, { provider: "twilio" });
  await withTenant(tenant, (tx) =>
    tx
      .update(channelConfigurations)
      .set({ channelType: "phone", displayPhoneNumber: number })
      .where(eq(channelConfigurations.id, agent.channelId)),
  );
  return agent;
}

test("what becomes of a call is kept, shown again, and leaves a trace", async () => {
  const { tenant, ctx, channelId } = await shop();
  await saveVoice(ctx, { channelId, voice: forward });
  expect((await getChannel(ctx, { channelId })).voice).toEqual(forward);
  await saveVoice(ctx, { channelId, voice: null });
  expect((await getChannel(ctx, { channelId })).voice).toBeNull();
  const audit = await withTenant(tenant, (tx) => tx.select().from(auditLog));
  expect(audit.map(({ action }) => action)).toEqual(["channel.save_voice", "channel.save_voice"]);
});

test("a call is handed only to an agent of the tenant that has a number to ring", async () => {
  const { tenant, ctx, channelId } = await shop();
  const agent = await agentOf(tenant, "+33199005678");
  const numberless = await agentOf(tenant, null);
  const theirs = await agentOf(await createTenant(), "+33199005678");
  await saveVoice(ctx, { channelId, voice: toAgent(agent.channelId) });
  const refused = async (voiceChannelId: string) => {
    const error = await saveVoice(ctx, { channelId, voice: toAgent(voiceChannelId) }).catch(
      (thrown: unknown) => thrown,
    );
    return error instanceof DomainError ? error.fields : error;
  };
  expect(await refused(theirs.channelId)).toEqual({ "voice.voiceChannelId": "not_a_voice_agent" });
  expect(await refused(channelId)).toEqual({ "voice.voiceChannelId": "not_a_voice_agent" });
  expect(await refused(numberless.channelId)).toEqual({ "voice.voiceChannelId": "agent_without_number" });
  expect((await getChannel(ctx, { channelId })).voice).toEqual(toAgent(agent.channelId));
});

test("each way to handle a call asks for what it needs, and for nothing else", () => {
  const reasons = (change: object) => {
    const read = voiceSettings.safeParse({ ...forward, ...change });
    return read.success ? read.data : read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  };
  expect(reasons({ forwardTo: " 01 99 00 56 78" })).toMatchObject({ forwardTo: "+33199005678" });
  expect(reasons({ forwardTo: "douze" })).toContain("forwardTo invalid_phone");
  expect(reasons({ forwardTo: "" })).toEqual(["forwardTo required"]);
  expect(reasons({ handling: "voice_agent", forwardTo: null })).toEqual(["voiceChannelId required"]);
  expect(reasons({ handling: "voicemail", forwardTo: null })).toMatchObject({ handling: "voicemail" });
  expect(reasons({ greeting: "a".repeat(501) })).toEqual(["greeting too_long"]);
});

test("an immediate answer is kept; an empty one answers nothing", async () => {
  const { ctx, channelId } = await shop();
  await saveAutoReply(ctx, { channelId, autoReply: "Merci, nous arrivons." });
  expect((await getChannel(ctx, { channelId })).autoReply).toBe("Merci, nous arrivons.");
  await saveAutoReply(ctx, { channelId, autoReply: "" });
  expect((await getChannel(ctx, { channelId })).autoReply).toBeNull();
});
