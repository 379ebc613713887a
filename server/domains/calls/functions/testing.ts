import { createService } from "#db/factories-appointments.ts";
import { createChannel, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { fixedClock } from "#server/core/clock.ts";
import type { JsonObject } from "#server/providers/contract.ts";
import { answerFunctions } from "../answer-functions.ts";

const mornings = [{ from: "09:00", to: "12:00" }];
const open = { "1": mornings, "2": [...mornings, { from: "14:00", to: "18:00" }], "3": mornings };

/** A shop with a voice agent, whose Nadia and Paul make fittings of half an hour. It is Sunday morning in Paris. */
export async function speakingShop({ locale = "fr", services = ["Pose de lustre"] } = {}) {
  const clock = fixedClock("2026-11-22T09:00:00Z");
  const tenant = await createTenant({ businessHours: open, locale: locale as "fr" | "en" });
  const nadia = await createMember(tenant, "agent", { clock, name: "Nadia" });
  const paul = await createMember(tenant, "agent", { clock, name: "Paul" });
  const made = [];
  for (const name of services) made.push(await createService(tenant, [nadia.userId, paul.userId], { name }));
  const channel = await createChannel(tenant, { provider: "vapi" });
  const ctx = systemCtx(tenant, clock);
  let asked = 0;
  /** What the agent hears when it calls a function in a call from a number. */
  const ask = async (
    name: string,
    args: JsonObject = {},
    {
      callId = "appel-1",
      from = "+33639981234" as string | null,
      key = `clef-${++asked}`,
      tooLate = undefined as AbortSignal | undefined,
    } = {},
  ) => {
    const question = { kind: "functions" as const, callId, from, calls: [{ key, name, arguments: args }] };
    const { results } = await answerFunctions(ctx, channel.channelId, question, tooLate);
    return results[0]!;
  };
  const say = async (...asking: Parameters<typeof ask>) => {
    const { result, error } = await ask(...asking);
    return result ?? `! ${error}`;
  };
  const rows = (statement: string) =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<Record<string, unknown>[]>(statement))]);
  return { clock, tenant, nadia, paul, services: made, channel, ctx, ask, say, rows };
}
