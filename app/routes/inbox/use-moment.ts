import { useFormat } from "#app/i18n/react.tsx";
import { useNow } from "#app/ui/now.tsx";

/** A time to come as people say it: "tomorrow, 09:00". */
export function useMoment(): (at: Date) => string {
  const format = useFormat();
  const now = useNow();
  return (at) => `${format.day(at, now)}, ${format.time(at)}`;
}
