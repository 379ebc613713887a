import { Form } from "react-router";
import { Temporal } from "temporal-polyfill";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { AddLine, LineField } from "#app/shell/add-line.tsx";
import { Button } from "#app/ui/button.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RemovableLine } from "#app/ui/removable-line.tsx";

interface Holiday {
  /** `2026-12-25` */
  day: string;
  name: string;
}

/** The days on which the business is closed: those ahead, those that are past folded away. */
export function HolidayList({ holidays, timeZone }: { holidays: readonly Holiday[]; timeZone: string }) {
  const t = useT("sla");
  const today = Temporal.Instant.fromEpochMilliseconds(useNow()).toZonedDateTimeISO(timeZone).toPlainDate();
  const past = holidays.filter(({ day }) => day < today.toString());
  const ahead = holidays.slice(past.length);
  return (
    <>
      {ahead.length > 0 ? <Days days={ahead} /> : <p className="text-dim">{t("noHoliday")}</p>}
      {past.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-dim">{t("past", { count: past.length })}</summary>
          <Days days={past} />
        </details>
      ) : null}
      <AddLine intent="holiday" add={t("addHoliday")} label={t("holidays")} count={holidays.length}>
        <LineField type="date" name="day" label={t("day")} required />
        <LineField
          name="name"
          label={t("holidayName")}
          required
          maxLength={60}
          placeholder={t("holidayExample")}
          place="min-w-40 flex-1"
        />
      </AddLine>
      <div className="flex flex-wrap gap-2">
        {[today.year, today.year + 1].map((year) => (
          <Form key={year} method="post" preventScrollReset>
            <input type="hidden" name="intent" value="public-holidays" />
            <input type="hidden" name="year" value={year} />
            <Button type="submit">{t("publicHolidays", { year: String(year) })}</Button>
          </Form>
        ))}
      </div>
    </>
  );
}

function Days({ days }: { days: readonly Holiday[] }) {
  const t = useT("sla");
  const format = useFormat();
  return (
    <ul className="flex flex-col">
      {days.map(({ day, name }) => {
        const date = format.date(`${day}T12:00:00Z`);
        const label = t("removeHoliday", { name: `${name}, ${date}` });
        return (
          <RemovableLine key={day} removal={{ intent: "remove-holiday", name: "day", value: day, label }}>
            <time dateTime={day} className="w-32 text-dim tabular-nums">
              {date}
            </time>
            <span className="flex-1">{name}</span>
          </RemovableLine>
        );
      })}
    </ul>
  );
}
