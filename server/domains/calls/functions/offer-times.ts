import type { Ctx } from "#server/core/context.ts";
import { nextSlots, slotsBetween } from "#server/domains/scheduling/index.ts";
import type { FreeSlot } from "#server/domains/scheduling/schemas.ts";
import { mostSlotDays } from "#server/domains/scheduling/schemas.ts";
import { sayTimes } from "#server/domains/spoken-times/index.ts";
import type { Speaking } from "#server/domains/spoken-times/index.ts";
import type { WantedService } from "./wanted-service.ts";

const dayMs = 86_400_000;
/** As many times as one remembers on the phone. */
const mostOffered = 3;

const words = {
  fr: {
    nothing: "Il n'y a plus de place dans les prochaines semaines.",
    next: (times: string) => `Les prochains moments libres sont ${times}.`,
    only: (time: string) => `Le prochain moment libre est ${time}.`,
  },
  en: {
    nothing: "There is nothing free in the coming weeks.",
    next: (times: string) => `The next free times are ${times}.`,
    only: (time: string) => `The next free time is ${time}.`,
  },
};

/** Times that are free for a service between two instants, in order; one round trip. */
export function freeBetween(
  ctx: Ctx,
  { service, userId }: WantedService,
  { from, until }: { from: Date; until: Date },
): Promise<FreeSlot[]> {
  const end = new Date(Math.min(until.getTime(), from.getTime() + mostSlotDays * dayMs));
  return slotsBetween(ctx, { serviceId: service.id, ...(userId ? { userId } : {}), from, until: end });
}

/** Whether a very time is free: then with whom. */
export async function freeAt(ctx: Ctx, wanted: WantedService, at: Date): Promise<FreeSlot | null> {
  return (await freeBetween(ctx, wanted, { from: at, until: new Date(at.getTime() + 1) }))[0] ?? null;
}

/** The sentence that offers what is free next from an instant on. */
export async function offerNext(
  ctx: Ctx,
  { service, userId }: WantedService,
  from: Date,
  speaking: Speaking & { note: string },
): Promise<string> {
  const wanted = { serviceId: service.id, ...(userId ? { userId } : {}), from };
  return sayNext(await nextSlots(ctx, wanted, mostOffered), speaking);
}

/** The same of slots that were found already. */
export function sayNext(slots: readonly Pick<FreeSlot, "startsAt">[], speaking: Speaking & { note: string }): string {
  const { nothing, next, only } = words[speaking.language];
  if (slots.length === 0) return nothing;
  const said = `${sayTimes(
    slots.slice(0, mostOffered).map(({ startsAt }) => startsAt),
    speaking,
  )}${speaking.note}`;
  return slots.length === 1 ? only(said) : next(said);
}

/** A few of many times, spread over them: the first, the last, and what lies between. */
export function spread(slots: readonly FreeSlot[]): FreeSlot[] {
  if (slots.length <= mostOffered) return [...slots];
  const step = (slots.length - 1) / (mostOffered - 1);
  return Array.from({ length: mostOffered }, (_, nth) => slots[Math.round(nth * step)]!);
}
