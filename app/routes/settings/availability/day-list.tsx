import { useFormat, useT } from "#app/i18n/react.tsx";
import { AddLine, LineField } from "#app/shell/add-line.tsx";
import { RemovableLine } from "#app/ui/removable-line.tsx";

import type { MemberHours } from "./member-hours.ts";

type Day = MemberHours["exceptions"][number];

/** The days on which a member works other hours than their week says, or none. */
export function DayList({ days, mayChange }: { days: readonly Day[]; mayChange: boolean }) {
  const t = useT("appointments");
  return (
    <>
      {days.length === 0 ? <p className="text-dim">{t("noExceptions")}</p> : null}
      <ul className="flex flex-col">
        {days.map((day) => (
          <DayLine key={day.day} day={day} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange ? (
        <AddLine
          intent="day"
          add={t("addDay")}
          count={days.length}
          hint={
            <p id="day-hint" className="w-full text-xs text-faint">
              {t("hoursOfDayHint")}
            </p>
          }
        >
          <LineField type="date" name="day" label={t("day")} required />
          <LineField
            name="spans"
            label={t("hoursOfDay")}
            placeholder="10:00-13:00"
            aria-describedby="day-hint"
            className="font-mono"
            place="min-w-44 flex-1"
          />
          <LineField name="note" label={t("note")} maxLength={200} place="min-w-36 flex-1" />
        </AddLine>
      ) : null}
    </>
  );
}

function DayLine({ day: { day, spans, note }, mayChange }: { day: Day; mayChange: boolean }) {
  const t = useT("appointments");
  const date = useFormat().date(`${day}T12:00:00Z`);
  return (
    <RemovableLine
      removal={
        mayChange ? { intent: "remove-day", name: "day", value: day, label: t("removeDay", { day: date }) } : null
      }
    >
      <time dateTime={day} className="w-32 tabular-nums">
        {date}
      </time>
      <span className="tabular-nums">
        {spans.length === 0 ? t("closedDay") : spans.map(({ from, to }) => `${from}–${to}`).join(", ")}
      </span>
      <span className="min-w-0 flex-1 truncate text-dim">{note}</span>
    </RemovableLine>
  );
}
