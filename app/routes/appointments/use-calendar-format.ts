import { useLocale } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";

import { calendarFormat, type CalendarFormat } from "./time-words.ts";

/** Days and hours of appointments, as the clock of the business has them. */
export function useCalendarFormat(): CalendarFormat {
  const { tenant } = useShell();
  return calendarFormat(useLocale(), tenant.timezone);
}
