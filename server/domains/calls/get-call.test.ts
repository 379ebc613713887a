import { expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { answerFunctions, recordCalls } from "./index.ts";
import { getCall } from "./get-call.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();

const recording = {
  kind: "audio" as const,
  mediaId: "c1",
  url: "https://enregistrements.example/appel.wav",
  mimeType: "audio/wav",
  fileName: null,
  bytes: null,
  sha256: null,
  error: null,
};

test("a call is read with its words, what was done in it, its recording and who called", async () => {
  const { channel, ctx, told } = await callingShop();
  const calls = [{ key: "k1", name: "current_time", arguments: {} }];
  await answerFunctions(ctx, channel.channelId, { kind: "functions", callId: "c1", from: null, calls });
  const [recorded] = await recordCalls(ctx, [
    told("c1", 0, { status: "ringing", person: caller("+33639981234", "Camille Fictive"), from: "+33639981234" }),
    told("c1", 66, {
      status: "completed",
      endedAt: at(66),
      transcript: [{ speaker: "customer", text: "Bonjour", at: 1 }],
      summary: "Une cliente dit bonjour.",
      sentiment: "positive",
      costCents: 12,
      currency: "USD",
      recording,
    }),
  ]);
  expect(await getCall(ctx, { callId: recorded!.callId })).toMatchObject({
    status: "completed",
    underWay: false,
    missed: false,
    fromNumber: "+33639981234",
    transcript: [{ speaker: "customer", text: "Bonjour", at: 1 }],
    summary: "Une cliente dit bonjour.",
    sentiment: "positive",
    costCents: 12,
    currency: "USD",
    conversationId: recorded!.conversationId,
    customer: { id: recorded!.customerId, name: "Camille Fictive" },
    channel: { id: channel.channelId, provider: "vapi" },
    actions: [{ name: "current_time", error: null, result: expect.stringMatching(/^Il est/), at: expect.any(Date) }],
    recordings: [{ callId: recorded!.callId, kind: "audio", status: "waiting" }],
  });
});

test("its line in the thread says what is read of it without opening it", async () => {
  const { tenant, ctx, told } = await callingShop();
  await recordCalls(ctx, [
    told("c1", 0, { status: "ringing", person: caller("+33639981234") }),
    told("c1", 5, { status: "no_answer", endedAt: at(5), endedReason: "customer-did-not-answer" }),
    told("c2", 9, { status: "in_progress", person: caller("+33639981234") }),
    told("c2", 70, {
      status: "completed",
      endedAt: at(70),
      durationSeconds: 60,
      transcript: [{ speaker: "agent", text: "Bonjour", at: 1 }],
      // A pair of surrogates stands where the line is cut.
      summary: "a".repeat(599) + "🙂",
      sentiment: "mixed",
      costCents: 7,
      currency: "USD",
    }),
  ]);
  const lines = await withTenant(tenant, (tx) => tx.raw`select data from messages order by occurred_at`);
  expect(lines.map(({ data }) => data as unknown)).toMatchObject([
    { status: "no_answer", missed: true, underWay: false, turns: 0, summary: null, cost: null },
    {
      status: "completed",
      missed: false,
      seconds: 60,
      turns: 1,
      sentiment: "mixed",
      cost: { cents: 7, currency: "USD" },
      summary: `${"a".repeat(599)}\ufffd`,
    },
  ]);
});

test("a caller whom nobody knows is nobody; another tenant's call is none", async () => {
  const { ctx, told } = await callingShop();
  const [recorded] = await recordCalls(ctx, [told("c1", 0, { status: "ringing" })]);
  const { callId } = recorded!;
  expect(await getCall(ctx, { callId })).toMatchObject({ customer: null, conversationId: null, underWay: true });
  const stranger = await createMember(await createTenant());
  await expect(getCall(stranger.ctx, { callId })).rejects.toThrow("not_found");
});
