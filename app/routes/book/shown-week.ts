import { dayAt, stepped } from "../appointments/calendar-address.ts";
import type { FreeWeek } from "./data.ts";

/** The free times of a week with all the days that a page speaks of: the browser needs no calendar of its own. */
export interface ShownWeek extends Pick<FreeWeek, "from" | "next"> {
  /** The last of the seven days. */
  until: string;
  /** Where the weeks beside it begin; null: nothing is offered there. */
  before: string | null;
  after: string | null;
  slots: (FreeWeek["slots"][number] & { day: string })[];
}

export function shownWeek({ timezone, today, from, last, slots, next }: FreeWeek): ShownWeek {
  const before = stepped({ view: "week", day: from }, -1);
  const after = stepped({ view: "week", day: from }, 1);
  return {
    from,
    until: stepped({ view: "day", day: after }, -1),
    before: from <= today ? null : before < today ? today : before,
    after: after <= last ? after : null,
    slots: slots.map((slot) => ({ ...slot, day: dayAt(slot.startsAt.getTime(), timezone) })),
    next,
  };
}
