import { useMemo } from "react";

import type { Format } from "#app/i18n/format.ts";
import { useFormat } from "#app/i18n/react.tsx";

/** Every zone's midnight falls on a quarter of an hour. */
const quarterMs = 900_000;

/** The tenant's calendar day of an instant; thousands are asked for. */
export function useDayOf(): (at: Date) => string {
  const format = useFormat();
  return useMemo(() => daysBy(format), [format]);
}

function daysBy(format: Format): (at: Date) => string {
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at.getTime() / quarterMs);
    const day = known.get(quarter) ?? format.date(at);
    known.set(quarter, day);
    return day;
  };
}
