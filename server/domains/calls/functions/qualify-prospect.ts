import { z } from "zod";
import { qualifyProspect as qualify } from "#server/domains/prospects/index.ts";
import { readSpokenBudget, readSpokenTime, sayTime } from "#server/domains/spoken-times/index.ts";
import type { SpokenBudget, Speaking } from "#server/domains/spoken-times/index.ts";
import { customerOf, speakingTo } from "./caller.ts";
import { Declined, defineCallFunction } from "./define-call-function.ts";

const words = {
  fr: {
    noted: "C'est noté.",
    call: (time: string) => `C'est noté, on vous rappelle ${time}.`,
    budget: "Quel est votre budget, à peu près ?",
  },
  en: {
    noted: "I noted that.",
    call: (time: string) => `I noted that; we will call you back on ${time}.`,
    budget: "What is your budget, roughly?",
  },
};

/** Keeps what a caller looks for. */
export const qualifyProspect = defineCallFunction({
  name: "qualify_prospect",
  description:
    "Notes what a caller who may buy looks for: what, where, for how much, and when they want to be called back. Call it again when more is said: it adds to what is known.",
  changes: true,
  parameters: z.object({
    interest: z.string().max(200).optional().describe("What they look for, in a few words"),
    property_type: z.string().max(120).optional().describe("Its kind, such as a flat, a house, a chandelier"),
    place: z.string().max(200).optional().describe("Where"),
    budget: z
      .union([z.string().max(200), z.number().nonnegative()])
      .optional()
      .describe("Their budget as they said it, such as « deux cent cinquante mille » or “between 200 and 250k”"),
    score: z.coerce.number().int().min(0).max(100).optional().describe("How likely they are to buy, 0 to 100"),
    follow_up: z.string().max(300).optional().describe("When to call them back, in their own words"),
    notes: z.string().max(4_000).optional().describe("What else they said, in a few sentences"),
    name: z.string().max(160).optional().describe("The caller's name, if they said it"),
    phone: z.string().max(100).optional().describe("A number to reach them, as it was said"),
  }),
  async run(ctx, call, { interest, property_type: propertyType, place, budget, score, notes, name, phone, ...said }) {
    const speaking = speakingTo(ctx, call);
    const say = words[call.language];
    const amounts = budget === undefined ? {} : readSpokenBudget(String(budget), call.language);
    if (!amounts) throw new Declined(say.budget);
    const followUpAt = said.follow_up ? followUp(said.follow_up, speaking) : undefined;
    const { customerId } = await customerOf(ctx, call, { name, phone });
    const { prospectId } = await qualify(ctx, {
      customerId,
      ...(call.callId ? { callId: call.callId } : {}),
      ...(call.conversationId ? { conversationId: call.conversationId } : {}),
      ...namedEnds(amounts),
      ...(interest ? { interest } : {}),
      ...(propertyType ? { propertyType } : {}),
      ...(place ? { place } : {}),
      ...(score === undefined ? {} : { score }),
      ...(notes ? { notes } : {}),
      ...(followUpAt ? { followUpAt } : {}),
    });
    const answer = followUpAt ? say.call(`${sayTime(followUpAt, speaking)}${speaking.note}`) : say.noted;
    return { said: answer, links: { prospectId, customerId } };
  },
});

/** An end that was not said stays as it is known. */
function namedEnds({ minCents, maxCents }: Partial<SpokenBudget>) {
  return {
    ...(typeof minCents === "number" ? { budgetMinCents: minCents } : {}),
    ...(typeof maxCents === "number" ? { budgetMaxCents: maxCents } : {}),
  };
}

/** The time that was named, or the beginning of the stretch, now where it has begun. */
function followUp(said: string, speaking: Speaking): Date {
  const time = readSpokenTime(said, speaking);
  if (time.kind === "unclear") throw new Declined(time.ask);
  return time.kind === "time" ? time.at : new Date(Math.max(time.from.getTime(), speaking.now.getTime()));
}
