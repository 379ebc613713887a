import { Temporal } from "temporal-polyfill";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { freeSlots } from "./free-slots.ts";
import { readSlotRules } from "./read-slot-rules.ts";
import type { FreeSlot, FreeSlots, SlotsInput } from "./schemas.ts";
import { slotsInput } from "./schemas.ts";

const dayMs = 86_400_000;

/** When a service can be booked on some days of the business: one round trip, then arithmetic. An archived one cannot. */
export async function findSlots(ctx: Ctx, input: SlotsInput): Promise<FreeSlots> {
  const { from, days, ...wanted } = slotsInput.parse(input);
  const now = ctx.clock.now();
  // The days of any zone lie within these: which zone it is comes with the answer.
  const noon = Date.parse(`${from}T12:00:00Z`);
  const around = { from: new Date(noon - 2 * dayMs), until: new Date(noon + (days + 2) * dayMs) };
  const known = await withTenant(ctx, (tx) => readSlotRules(tx, { ...wanted, now, ...around }));
  const { timezone, rules, members } = known;
  const first = Temporal.PlainDate.from(from);
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timezone).epochMilliseconds;
  const bounds = { from: midnight(first), until: midnight(first.add({ days })), now: now.getTime() };
  return { timezone, slots: rules.archived ? [] : freeSlots(rules, members, bounds) };
}

/** How far is looked for another time, step by step, and how many are named. */
const lookAheadDays = [2, 7, 21];
const mostNext = 5;

export interface WantedSlot {
  serviceId: string;
  userId: string;
  startsAt: Date;
}

/** A time, with whoever it may be. */
export interface WantedTime extends Omit<WantedSlot, "userId"> {
  /** Without: whoever is free. */
  userId?: string | undefined;
  /** An appointment that would give up its own time for this one. */
  except?: string | undefined;
}

/** The times between two instants that can be booked now; one round trip. Without a member: of everybody who offers the service. */
export async function slotsBetween(
  ctx: Ctx,
  { from, until, ...wanted }: { serviceId: string; userId?: string | undefined; from: Date; until: Date },
): Promise<FreeSlot[]> {
  const now = ctx.clock.now();
  const { rules, members } = await withTenant(ctx, (tx) => readSlotRules(tx, { ...wanted, from, until, now }));
  const bounds = { from: from.getTime(), until: until.getTime(), now: now.getTime() };
  return rules.archived ? [] : freeSlots(rules, members, bounds);
}

/** The first times from an instant on, looked for ever further ahead: mostly there are some the next day. */
export async function nextSlots(
  ctx: Ctx,
  { from, ...wanted }: { serviceId: string; userId?: string | undefined; from: Date },
  most = mostNext,
): Promise<FreeSlot[]> {
  const found: FreeSlot[] = [];
  let begin = from;
  for (const days of lookAheadDays) {
    const until = new Date(from.getTime() + days * dayMs);
    found.push(...(await slotsBetween(ctx, { ...wanted, from: begin, until })));
    if (found.length >= most) break;
    begin = until;
  }
  return found.slice(0, most);
}

/** The next times that are free in place of one that is not: of the same member where they have any, else of anybody. */
export async function nextFreeSlots(ctx: Ctx, { serviceId, userId, startsAt }: WantedSlot): Promise<FreeSlot[]> {
  const from = new Date(Math.max(startsAt.getTime(), ctx.clock.now().getTime()));
  const theirs = userId ? await nextSlots(ctx, { serviceId, userId, from }) : [];
  return theirs.length > 0 ? theirs : nextSlots(ctx, { serviceId, from });
}

/** Whether a time is one that {@link findSlots} offers with this member. */
export async function isOffered(ctx: Ctx, wanted: WantedSlot): Promise<boolean> {
  return (await offeringMembers(ctx, wanted)).length > 0;
}

/** With whom {@link findSlots} offers a time. */
export async function offeringMembers(ctx: Ctx, { startsAt, ...wanted }: WantedTime): Promise<readonly string[]> {
  const now = ctx.clock.now();
  const until = new Date(startsAt.getTime() + 1);
  const { rules, members } = await withTenant(ctx, (tx) =>
    readSlotRules(tx, { ...wanted, from: startsAt, until, now }),
  );
  if (rules.archived) return [];
  const bounds = { from: startsAt.getTime(), until: until.getTime(), now: now.getTime() };
  return freeSlots(rules, members, bounds)[0]?.userIds ?? [];
}
