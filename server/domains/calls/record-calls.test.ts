import { describe, expect, test } from "vitest";
import { createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import type { CallRow } from "./call-row.ts";
import { recordCalls } from "./index.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();

type Rows = Record<string, unknown>[];
const rowsOf = <Row extends Record<string, unknown>>(tenant: { tenantId: string }, table: string): Promise<Row[]> =>
  withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<Row[]>(`select * from ${table} order by id`))]);

const camille = caller("+33639981234", "Camille Durand");
const recording = {
  kind: "audio" as const,
  mediaId: null,
  url: "https://enregistrements.example/appel.wav",
  mimeType: "audio/wav",
  fileName: null,
  bytes: null,
  sha256: null,
  error: null,
};

describe("a call", () => {
  test("is one row, one line and one activity, completed by every event", async () => {
    const { tenant, ctx, told } = await callingShop();
    const [rung] = await recordCalls(ctx, [
      told("c1", 0, { status: "ringing", person: camille, from: "+33639981234" }),
    ]);
    const [line] = await rowsOf(tenant, "messages");
    expect(line).toMatchObject({ kind: "call", direction: "in", text: "📞", status: "received", read: false });
    await recordCalls(ctx, [
      told("c1", 3, { status: "in_progress", person: camille, answeredAt: at(3) }),
      told("c1", 66, {
        status: "completed",
        endedAt: at(66),
        startedAt: at(1),
        durationSeconds: 63,
        costCents: 12,
        currency: "USD",
        recording,
        transcript: [{ speaker: "customer", text: "Bonjour", at: 1 }],
        summary: "Une cliente dit bonjour.",
        sentiment: "positive",
        endedReason: "customer-ended-call",
      }),
    ]);
    const [call, ...more] = await rowsOf<CallRow & Record<string, unknown>>(tenant, "call_logs");
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      status: "completed",
      duration_seconds: 63,
      started_at: at(1),
      answered_at: at(3),
      ended_at: at(66),
      cost_cents: 12,
      currency: "USD",
      recording_url: recording.url,
      transcript: [{ speaker: "customer", text: "Bonjour", at: 1 }],
      summary: "Une cliente dit bonjour.",
      sentiment: "positive",
      from_number: "+33639981234",
      message_id: rung?.messageId,
      customer_id: rung?.customerId,
      conversation_id: rung?.conversationId,
    });
    expect(await rowsOf(tenant, "messages")).toMatchObject([
      {
        id: rung?.messageId,
        text: "📞 1:03 · Une cliente dit bonjour.",
        status: "read",
        read: true,
        occurred_at: at(1),
      },
    ]);
    expect(await rowsOf(tenant, "customer_activities")).toMatchObject([
      { type: "call", channel: "phone", description: "📞 1:03 · Une cliente dit bonjour.", occurred_at: at(1) },
    ]);
    expect(await rowsOf(tenant, "customers")).toMatchObject([
      { display_name: "Camille Durand", last_contact_at: at(1), preferred_channel: "phone", total_messages: 1 },
    ]);
    expect(await rowsOf(tenant, "attachments")).toMatchObject([
      { call_id: rung?.callId, status: "waiting", kind: "audio" },
    ]);
  });

  test("that is told twice is a duplicate the second time, in one batch and across", async () => {
    const { tenant, ctx, told } = await callingShop();
    const ringing = told("c1", 0, { status: "ringing", person: camille });
    const first = await recordCalls(ctx, [ringing, ringing]);
    expect(first.map((one) => one.outcome)).toEqual(["recorded", "duplicate"]);
    const [again] = await recordCalls(ctx, [ringing]);
    expect(again).toEqual({ ...first[0], outcome: "duplicate" });
    expect(await rowsOf(tenant, "messages")).toHaveLength(1);
  });

  test("told many times at once by several processes is one call", async () => {
    const { tenant, ctx, told } = await callingShop();
    const batch = ["c1", "c2"].flatMap((id) => [
      told(id, 0, { status: "ringing", person: camille }),
      told(id, 9, { status: "completed", endedAt: at(9) }),
    ]);
    await Promise.all(Array.from({ length: 6 }, () => recordCalls(ctx, batch)));
    for (const table of ["call_logs", "messages", "customer_activities"])
      expect(await rowsOf(tenant, table)).toHaveLength(2);
    expect(await rowsOf(tenant, "customers")).toHaveLength(1);
  });

  test("from a withheld number has no customer until somebody names one", async () => {
    const { tenant, ctx, told } = await callingShop();
    const [hidden] = await recordCalls(ctx, [told("c1", 0, { status: "ringing" })]);
    expect(hidden).toMatchObject({ outcome: "recorded", messageId: null, customerId: null, conversationId: null });
    expect(await rowsOf(tenant, "messages")).toEqual([]);
    const [named] = await recordCalls(ctx, [told("c1", 5, { status: "completed", endedAt: at(5), person: camille })]);
    expect(named?.callId).toBe(hidden?.callId);
    expect(await rowsOf(tenant, "messages")).toMatchObject([{ id: named?.messageId, occurred_at: at(0) }]);
  });
});

describe("waiting", () => {
  const waiting = async (tenant: { tenantId: string }) =>
    (await rowsOf(tenant, "conversations")).map(({ waiting_since, unread_count, status }) => ({
      waiting_since,
      unread_count,
      status,
    }));

  test("a missed call waits for us, an answered one does not", async () => {
    const { tenant, ctx, told } = await callingShop();
    await recordCalls(ctx, [told("c1", 0, { status: "ringing", person: camille })]);
    expect(await waiting(tenant)).toEqual([{ waiting_since: at(0), unread_count: 1, status: "open" }]);
    await recordCalls(ctx, [told("c1", 2, { status: "in_progress" })]);
    expect(await waiting(tenant)).toEqual([{ waiting_since: null, unread_count: 0, status: "open" }]);
    await recordCalls(ctx, [told("c2", 60, { status: "no_answer", person: camille, endedAt: at(80) })]);
    expect(await waiting(tenant)).toEqual([{ waiting_since: at(60), unread_count: 1, status: "open" }]);
    await recordCalls(ctx, [
      told("c3", 90, { status: "completed", person: camille, direction: "out", endedAt: at(95) }),
    ]);
    expect(await waiting(tenant)).toMatchObject([{ waiting_since: null }]);
  });

  test("a missed call opens a resolved thread again, once", async () => {
    const { tenant, ctx, told } = await callingShop();
    await recordCalls(ctx, [told("c1", 0, { status: "completed", person: camille })]);
    const resolve = () => withTenant(tenant, (tx) => tx.raw.unsafe("update conversations set status = 'resolved'"));
    await resolve();
    await recordCalls(ctx, [told("c2", 10, { status: "completed", person: camille })]);
    expect(await waiting(tenant)).toMatchObject([{ status: "resolved" }]);
    await recordCalls(ctx, [told("c3", 20, { status: "no_answer", person: camille })]);
    expect(await waiting(tenant)).toMatchObject([{ status: "open" }]);
    await resolve();
    await recordCalls(ctx, [told("c3", 30, { summary: "Personne." })]);
    expect(await waiting(tenant)).toMatchObject([{ status: "resolved" }]);
  });

  test("an outgoing call that nobody took answers nobody", async () => {
    const { tenant, ctx, told } = await callingShop();
    await recordCalls(ctx, [told("c1", 0, { status: "no_answer", person: camille })]);
    await recordCalls(ctx, [told("c2", 9, { status: "no_answer", person: camille, direction: "out" })]);
    expect(await waiting(tenant)).toMatchObject([{ waiting_since: at(0) }]);
    expect(((await rowsOf(tenant, "messages")) as Rows).map((row) => row.status)).toEqual(["received", "failed"]);
  });
});

test("a call of another tenant's channel cannot be told", async () => {
  const { told } = await callingShop();
  const stranger = await createTenant();
  await expect(recordCalls(systemCtx(stranger), [told("c1", 0, { status: "ringing" })])).rejects.toThrow("not_found");
  expect(await rowsOf(stranger, "call_logs")).toEqual([]);
});
