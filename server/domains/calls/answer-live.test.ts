import { describe, expect, test } from "vitest";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { answerAssistant, answerFunctions, recordCalls } from "./index.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();
const rowsOf = (tenant: { tenantId: string }, table: string) =>
  withTenant(tenant, async (tx) => [...(await tx.raw.unsafe(`select * from ${table} order by id`))]);

const question = (callId: string, ...keys: string[]) => ({
  kind: "functions" as const,
  callId,
  from: null,
  calls: keys.map((key) => ({ key, name: "current_time", arguments: {} })),
});

describe("functions", () => {
  test("are run once, however often and however fast they are asked for", async () => {
    const { tenant, channel } = await callingShop();
    const clock = fixedClock("2026-11-21T09:05:00Z");
    const ctx = systemCtx(tenant, clock);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => answerFunctions(ctx, channel.channelId, question("c1", "k1", "k2"))),
    );
    clock.advance(60_000);
    answers.push(await answerFunctions(ctx, channel.channelId, question("c1", "k1", "k2")));
    const said = {
      name: "current_time",
      result: "Il est 10 heures 05, samedi 21 novembre.",
      error: null,
      transferTo: null,
    };
    for (const answer of answers) {
      expect(answer.results).toEqual([
        { key: "k1", ...said },
        { key: "k2", ...said },
      ]);
    }
    expect(await rowsOf(tenant, "call_functions")).toHaveLength(2);
    const [call, ...more] = await rowsOf(tenant, "call_logs");
    expect(more).toEqual([]);
    expect(call?.actions_performed).toMatchObject([
      { name: "current_time", result: said.result, error: null, arguments: {}, at: "2026-11-21T09:05:00.000Z" },
      { name: "current_time" },
    ]);
  });

  test("asked for before any event of the call was applied leave the call's facts to its events", async () => {
    const { tenant, channel, ctx, told } = await callingShop();
    await answerFunctions(systemCtx(tenant, fixedClock(at(30))), channel.channelId, question("c1", "k1"));
    await recordCalls(ctx, [
      told("c1", 0, { status: "ringing", direction: "out", person: caller("+33639981234"), startedAt: at(0) }),
    ]);
    expect(await rowsOf(tenant, "call_logs")).toMatchObject([
      { direction: "out", status: "ringing", started_at: at(0), actions_performed: [{ name: "current_time" }] },
    ]);
  });

  test("of a call that nobody named are answered and not kept", async () => {
    const { tenant, channel, ctx } = await callingShop();
    const { results } = await answerFunctions(ctx, channel.channelId, question("", "k1"));
    expect(results).toMatchObject([{ key: "k1", error: null, result: expect.stringMatching(/^Il est/) }]);
    expect(await rowsOf(tenant, "call_logs")).toEqual([]);
  });

  test("that do not exist, or are asked for wrongly, are answered with a sentence and kept as that", async () => {
    const { tenant, channel, ctx } = await callingShop();
    const { results } = await answerFunctions(ctx, channel.channelId, {
      kind: "functions",
      callId: "c1",
      from: null,
      calls: [
        { key: "k1", name: "fly_to_the_moon", arguments: {} },
        { key: "k2", name: "current_time", arguments: { language: "klingon" } },
      ],
    });
    expect(results).toMatchObject([
      { key: "k1", result: null, error: "Je suis désolé, je ne peux pas faire cela." },
      { key: "k2", result: null, error: expect.stringMatching(/language/) },
    ]);
    expect(await rowsOf(tenant, "call_functions")).toMatchObject([{ result: null }, { result: null }]);
  });

  test("of another tenant's channel are nobody's", async () => {
    const { channel } = await callingShop();
    const stranger = await createTenant();
    await expect(answerFunctions(systemCtx(stranger), channel.channelId, question("c1", "k1"))).rejects.toThrow(
      "not_found",
    );
    expect(await rowsOf(stranger, "call_functions")).toEqual([]);
  });
});

describe("the assistant", () => {
  const ring = (to: string | null, forwardedFrom: string | null = null) => ({
    kind: "assistant" as const,
    callId: "c1",
    from: "+33639981234",
    to,
    forwardedFrom,
  });

  test("is that of the called number, or of the number that forwarded the call", async () => {
    const tenant = await createTenant();
    const ctx = systemCtx(tenant);
    const front = await createChannel(tenant, { provider: "vapi" });
    const workshop = await createChannel(tenant, {
      provider: "vapi",
      credentials: { phone_number: "", phone_number_id: "", forwarded_numbers: "+33199005678,+33199005679" },
    });
    const assistantOf = async (asked: typeof front, to: string | null, forwarded?: string) =>
      (await answerAssistant(ctx, asked.channelId, ring(to, forwarded ?? null))).assistantId;
    const number = front.credentials.phone_number!;
    expect(await assistantOf(front, number)).toBe(front.credentials.assistant_id);
    expect(await assistantOf(front, number, "+33199005679")).toBe(workshop.credentials.assistant_id);
    expect(await assistantOf(front, number, "+33199000000")).toBe(front.credentials.assistant_id);
    expect(await assistantOf(workshop, number)).toBe(front.credentials.assistant_id);
    expect(await assistantOf(front, null)).toBe(front.credentials.assistant_id);
    const unknown = await answerAssistant(ctx, workshop.channelId, ring("+33199000001", "+33199000000"));
    expect(unknown).toMatchObject({ assistantId: null, error: "Ce numéro n'est pas en service." });
  });

  test("of a paused channel, of another vendor or of another tenant never answers", async () => {
    const tenant = await createTenant({ locale: "en" });
    const paused = await createChannel(tenant, { provider: "vapi", enabled: false });
    const other = await createChannel(await createTenant(), {
      provider: "vapi",
      credentials: { forwarded_numbers: "+33199005678" },
    });
    const agent = await createChannel(tenant, {
      provider: "retell",
      credentials: { phone_number: paused.credentials.phone_number! },
    });
    const ask = (channelId: string, to: string | null, forwarded: string | null = null) =>
      answerAssistant(systemCtx(tenant), channelId, ring(to, forwarded));
    expect(await ask(paused.channelId, null)).toMatchObject({
      assistantId: null,
      error: "This number is not in service.",
    });
    expect(await ask(agent.channelId, agent.credentials.phone_number!, "+33199005678")).toMatchObject({
      assistantId: agent.credentials.agent_id,
    });
    await expect(ask(other.channelId, null)).rejects.toThrow("not_found");
  });
});
