import { Temporal } from "temporal-polyfill";
import type { Ctx } from "#server/core/context.ts";
import { findSlots } from "#server/domains/scheduling/index.ts";
import { mostSlotDays } from "#server/domains/scheduling/schemas.ts";
import type { FreeWeek } from "./schemas.ts";

const weekDays = 7;

export interface WeekQuestion {
  serviceId: string;
  userId?: string | undefined;
  /** An appointment that would give up its own time for one of these. */
  except?: string | undefined;
  from?: string | undefined;
  timezone: string;
  /** Of the service. */
  horizonDays: number;
}

/** The free times of seven days: from the day that is asked for, else from the first that has any. */
export async function freeWeek(
  ctx: Ctx,
  { timezone, horizonDays, from: asked, ...wanted }: WeekQuestion,
): Promise<FreeWeek> {
  const dayOf = (at: Date) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone).toPlainDate().toString();
  const today = dayOf(ctx.clock.now());
  const last = later(today, horizonDays);
  const known = { timezone, today, last };
  const firstFrom = async (day: string) => {
    const first = await firstFree(ctx, wanted, { from: day, last });
    return first && dayOf(first);
  };
  const given = asked !== undefined && asked >= today && asked <= last ? asked : null;
  const from = given ?? (await firstFrom(today));
  if (!from) return { ...known, from: today, slots: [], next: null };
  const { slots } = await findSlots(ctx, { ...wanted, from, days: weekDays });
  const next = slots.length > 0 ? null : await firstFrom(later(from, weekDays));
  return { ...known, from, slots: slots.map(({ startsAt, userIds }) => ({ startsAt, userIds })), next };
}

/** The first free time of some days, which are asked about many at once. */
async function firstFree(
  ctx: Ctx,
  wanted: Pick<WeekQuestion, "serviceId" | "userId" | "except">,
  { from, last }: { from: string; last: string },
): Promise<Date | null> {
  for (let day = from; day <= last; day = later(day, mostSlotDays)) {
    const { slots } = await findSlots(ctx, { ...wanted, from: day, days: mostSlotDays });
    if (slots[0]) return slots[0].startsAt;
  }
  return null;
}

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
