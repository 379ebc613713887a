import { useSyncExternalStore } from "react";

import { useFormat } from "#app/i18n/react.tsx";

const never = () => () => undefined;

/** The visitor's time zone where its clock shows another time than the business's at some instant; null: the same, or no script tells. */
export function useOwnZone(at: Date | undefined): string | null {
  const { timeZone } = useFormat();
  const own = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
  if (!own || !at) return null;
  return clockIn(own, at) === clockIn(timeZone, at) ? null : own;
}

const clockIn = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);
