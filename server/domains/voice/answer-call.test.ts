import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { MadeTenant } from "#db/factories.ts";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { DomainError } from "#server/core/errors.ts";
import type { VoiceAction } from "#server/providers/contract.ts";
import { answerCall } from "./answer-call.ts";

await testDatabase();

type Values = Partial<typeof channelConfigurations.$inferInsert>;
type Voice = NonNullable<typeof channelConfigurations.$inferSelect.voice>;

const never = { days: {}, closed: [] };
const forward: Voice = {
  greeting: "Bonjour, Atelier Exemple.",
  language: "fr",
  handling: "forward",
  forwardTo: "+33199005678",
  voiceChannelId: null,
  voicemail: true,
};

let tenant: MadeTenant;
beforeAll(async () => {
  tenant = await createTenant({ locale: "fr" });
});

async function line(values: Values): Promise<string> {
  const { channelId } = await createChannel(tenant, { provider: "twilio" });
  await withTenant(tenant, (tx) =>
    tx
      .update(channelConfigurations)
      .set({ channelType: "phone", ...values })
      .where(eq(channelConfigurations.id, channelId)),
  );
  return channelId;
}

async function heard(channelId: string, step = "start", outcome: string | null = null): Promise<string[]> {
  const call = { kind: "call" as const, callId: "CA1", from: "+33639980100", to: "+33199001234", step, outcome };
  return (await answerCall(systemCtx(tenant), channelId, call)).actions.map(spelled);
}

const spelled = (action: VoiceAction) => {
  if (action.do === "say") return action.text;
  return action.do === "dial" ? `dial ${action.number}` : action.do;
};
const nobody = "Personne ne peut vous répondre pour le moment.";
const leave = "Laissez-nous un message après le bip. Raccrochez quand vous avez terminé.";
const write = "Vous pouvez nous écrire, nous vous répondrons dès que possible. Au revoir.";

describe("a call that rings", () => {
  test("is greeted and rings the number it is forwarded to", async () => {
    const channel = await line({ voice: forward });
    expect(await heard(channel)).toEqual([forward.greeting, "dial +33199005678"]);
  });

  test("is handed to the voice agent's number, at any hour", async () => {
    const agent = await line({ displayPhoneNumber: "+33199007777" });
    const voice: Voice = { ...forward, handling: "voice_agent", forwardTo: null, voiceChannelId: agent };
    const channel = await line({ voice, businessHours: never });
    expect(await heard(channel)).toEqual([forward.greeting, "dial +33199007777"]);
    await withTenant(tenant, (tx) =>
      tx.update(channelConfigurations).set({ enabled: false }).where(eq(channelConfigurations.id, agent)),
    );
    expect(await heard(channel)).toEqual([forward.greeting, leave, "record"]);
  });

  test("is told that we are closed, and may leave a message", async () => {
    const channel = await line({ voice: forward, businessHours: never });
    expect(await heard(channel)).toEqual([forward.greeting, "Nous sommes fermés pour le moment.", leave, "record"]);
  });

  test("goes to voicemail at once where that is the rule, in the caller's language", async () => {
    const voice: Voice = { ...forward, greeting: "", language: "en", handling: "voicemail", voicemail: false };
    expect(await heard(await line({ voice }))).toEqual([
      "Please leave a message after the tone. Hang up when you are done.",
      "record",
    ]);
  });

  test("is asked to write where nobody answers calls, and never rings itself", async () => {
    expect(await heard(await line({ voice: null }))).toEqual([nobody, write, "hang_up"]);
    const itself = await line({ voice: { ...forward, forwardTo: "+33199001234", voicemail: false } });
    expect(await heard(itself)).toEqual([forward.greeting, nobody, write, "hang_up"]);
  });
});

describe("once somebody was rung", () => {
  test("a call that was taken is over", async () => {
    expect(await heard(await line({ voice: forward }), "dialled", "answered")).toEqual(["hang_up"]);
  });

  test.each(["no_answer", "busy", "failed", "canceled", null])("%s falls back to the voicemail", async (outcome) => {
    expect(await heard(await line({ voice: forward }), "dialled", outcome)).toEqual([nobody, leave, "record"]);
  });

  test("without voicemail the caller is asked to write", async () => {
    const channel = await line({ voice: { ...forward, voicemail: false } });
    expect(await heard(channel, "dialled", "busy")).toEqual([nobody, write, "hang_up"]);
  });
});

test("whoever left a message is thanked; a step that nobody knows ends the call", async () => {
  const channel = await line({ voice: forward });
  const thanks = "Merci, votre message est bien enregistré. Au revoir.";
  expect(await heard(channel, "recorded", "recorded")).toEqual([thanks, "hang_up"]);
  expect(await heard(channel, "recorded", "hung_up")).toEqual(["hang_up"]);
  expect(await heard(channel, "elsewhere")).toEqual(["hang_up"]);
});

test("another tenant's line is none", async () => {
  const channel = await line({ voice: forward });
  const call = { kind: "call" as const, callId: "CA1", from: null, to: null, step: "start", outcome: null };
  const asked = answerCall(systemCtx(await createTenant()), channel, call);
  await expect(asked).rejects.toThrow(DomainError);
});
