import { useFormat, useT } from "#app/i18n/react.tsx";

import type { Held } from "./holding.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

/** What is said of an appointment that the keyboard holds. */
export function useHeldWords(): (what: "taken" | "over" | "left", held: Held) => string {
  const t = useT("appointments");
  const format = useFormat();
  const calendar = useCalendarFormat();
  const keys = { taken: "moveTaken", over: "moveOver", left: "moveLeft" } as const;
  return (what, { appointment, startsAt, endsAt }) =>
    t(keys[what], {
      name: appointment.customerName,
      day: calendar.dayOf(startsAt),
      time: format.time(startsAt),
      until: format.time(endsAt),
    });
}
