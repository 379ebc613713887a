import { useFormat } from "#app/i18n/react.tsx";
import type { Moment } from "#app/i18n/format.ts";

import { useNow } from "./now.tsx";

interface RelativeTimeProps {
  at: Moment;
  /** "relative": il y a 2 min · "age": 2 min · "day": 09:40, hier, 12 nov. */
  style?: "relative" | "age" | "day";
}

/** A moment as people say it, kept current, with the exact time and zone on hover. */
export function RelativeTime({ at, style = "relative" }: RelativeTimeProps) {
  const format = useFormat();
  const now = useNow();
  const time = new Date(at).getTime();
  // A row can be newer than the last tick; nothing here is from the future unless it is far in it.
  const reference = time > now && time - now < 30_000 ? time : now;
  return (
    <time
      dateTime={new Date(time).toISOString()}
      // Written when it is asked for: a list has a hundred of these.
      onPointerEnter={(event) => (event.currentTarget.title = format.full(time))}
    >
      {format[style](time, reference)}
    </time>
  );
}
