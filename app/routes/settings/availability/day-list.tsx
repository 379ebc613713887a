import { Form } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { RemoveLine } from "#app/ui/remove-line.tsx";

import type { MemberHours } from "./member-hours.ts";

/** The days on which a member works other hours than their week says, or none. */
export function DayList({ days, mayChange }: { days: MemberHours["exceptions"]; mayChange: boolean }) {
  const t = useT("appointments");
  const format = useFormat();
  return (
    <>
      {days.length === 0 ? <p className="text-dim">{t("noExceptions")}</p> : null}
      <ul className="flex flex-col">
        {days.map(({ day, spans, note }) => (
          <li key={day} className="flex min-h-9 items-center gap-4 border-t border-line first:border-t-0">
            <time dateTime={day} className="w-32 tabular-nums">
              {format.date(`${day}T12:00:00Z`)}
            </time>
            <span className="tabular-nums">
              {spans.length === 0 ? t("closedDay") : spans.map(({ from, to }) => `${from}–${to}`).join(", ")}
            </span>
            <span className="min-w-0 flex-1 truncate text-dim">{note}</span>
            {mayChange ? (
              <RemoveLine
                intent="remove-day"
                name="day"
                value={day}
                label={t("removeDay", { day: format.date(`${day}T12:00:00Z`) })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <KeepTyping saved={days.length}>
          <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2">
            <input type="hidden" name="intent" value="day" />
            <label className="flex flex-col gap-1 font-medium">
              {t("day")}
              <Input type="date" name="day" required className="font-normal" />
            </label>
            <label className="flex min-w-44 flex-1 flex-col gap-1 font-medium">
              {t("hoursOfDay")}
              <Input
                name="spans"
                placeholder="10:00-13:00"
                autoComplete="off"
                className="font-mono font-normal"
                aria-describedby="day-hint"
              />
            </label>
            <label className="flex min-w-36 flex-1 flex-col gap-1 font-medium">
              {t("note")}
              <Input name="note" maxLength={200} className="font-normal" />
            </label>
            <Button type="submit">{t("addDay")}</Button>
            <p id="day-hint" className="w-full text-xs text-faint">
              {t("hoursOfDayHint")}
            </p>
          </Form>
        </KeepTyping>
      ) : null}
    </>
  );
}
