import fc from "fast-check";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { giveWaiting } from "#server/domains/assignment/give-waiting.ts";
import { connect } from "#server/domains/assignment/testing.ts";
import { addHoliday } from "#server/domains/sla/keep-holidays.ts";
import { recountTickets } from "#server/domains/sla/recount-tickets.ts";
import { setCapacity } from "#server/domains/assignment/set-capacity.ts";
import type { Business } from "./testing-business.ts";
import { talking } from "./testing-talking.ts";
import { working } from "./testing-working.ts";

/** What a command is about: a place in whatever it needs one of, and a choice. */
export interface Pick {
  a: number;
  b: number;
  flag: boolean;
}

/** Something that somebody does, through the verb of the program that does it. */
export type Command = (business: Business, pick: Pick, ctx: Ctx) => Promise<unknown>;

/** What happens to the business itself. */
const running: Record<string, Command> = {
  holiday: async ({ members, calendars, clock, edge }, { a }) => {
    const day = `2026-03-${28 + (a % 4)}`;
    await addHoliday(members[0]!.ctx, { day, name: "Fermé" });
    const { hours } = calendars.at(-1)!;
    calendars.push({ at: clock.now().getTime(), hours: { ...hours, closed: [...hours.closed, day] } });
    await recountTickets(edge);
  },
  capacity: ({ members }, { a, b }) =>
    setCapacity(members[0]!.ctx, { userId: members[a % 2]!.userId, capacity: b % 4 === 0 ? null : b % 4 }),
  presence: async ({ tenant, members, clock, edge }, { a, flag }) => {
    await connect(tenant, [members[a % 2]!], clock, flag);
    await giveWaiting(edge);
  },
};

const commands: Record<string, Command> = { ...talking, ...working, ...running };
/** Said more often than the rest: without words nothing else has anything to be about. */
const often = [
  "write",
  "writeAbout",
  "writeAbout",
  "crowd",
  "reply",
  "reply",
  "accept",
  "ticketStatus",
  "ticketStatus",
  "resolveTicket",
  "bulk",
  "bulk",
  "undoBulk",
  "undoBulk",
  "merge",
];

/** Mostly one of the first two: a history is about somebody. */
const somePlace = fc.oneof({ weight: 3, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(11) });
/** Mostly in the first business; the other must not be touched by it. */
const someBusiness = fc.constantFrom(0, 0, 0, 1);

/** One command, what it is about, in which of two businesses, by whom, and how many minutes after the one before. */
export const someCommand = fc.record({
  does: fc.constantFrom(...often, ...Object.keys(commands)),
  business: someBusiness,
  member: fc.nat(1),
  after: fc.integer({ min: 1, max: 330 }),
  a: somePlace,
  b: fc.nat(11),
  flag: fc.boolean(),
});
export type SomeCommand = typeof someCommand extends fc.Arbitrary<infer T> ? T : never;

/** Does it, and says whether it could be done: what the program refuses with a reason of its own changes nothing. */
export async function perform(business: Business, { does, member, ...pick }: SomeCommand): Promise<boolean> {
  const { ctx } = business.members[member]!;
  try {
    await commands[does]!(business, pick, ctx);
    return true;
  } catch (refusal) {
    if (!(refusal instanceof DomainError)) throw refusal;
    return false;
  }
}
