import { Form } from "react-router";
import { Temporal } from "temporal-polyfill";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { RemoveLine } from "#app/ui/remove-line.tsx";
import { useNow } from "#app/ui/now.tsx";

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
      <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="intent" value="holiday" />
        <label className="flex flex-col gap-1 font-medium">
          {t("day")}
          <Input type="date" name="day" required className="font-normal" />
        </label>
        <label className="flex min-w-40 flex-1 flex-col gap-1 font-medium">
          {t("holidayName")}
          <Input name="name" required maxLength={60} placeholder={t("holidayExample")} className="font-normal" />
        </label>
        <Button type="submit">{t("addHoliday")}</Button>
      </Form>
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
      {days.map(({ day, name }) => (
        <li key={day} className="flex min-h-9 items-center gap-4 border-t border-line first:border-t-0">
          <time dateTime={day} className="w-32 text-dim tabular-nums">
            {format.date(`${day}T12:00:00Z`)}
          </time>
          <span className="flex-1">{name}</span>
          <RemoveLine
            intent="remove-holiday"
            name="day"
            value={day}
            label={t("removeHoliday", { name: `${name}, ${format.date(`${day}T12:00:00Z`)}` })}
          />
        </li>
      ))}
    </ul>
  );
}
