import { useT } from "#app/i18n/react.tsx";

import { spansText, weekdays, type Hours } from "./hours-text.ts";

/** The hours of each day of the week, as a person writes them; `readSpans` reads them back. */
export function WeekFields({ hours }: { hours: Hours | null }) {
  const t = useT("channels");
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("hoursWeek")}</legend>
      <div className="grid max-w-120 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5">
        {weekdays.map((weekday) => (
          <label key={weekday} className="col-span-2 grid grid-cols-subgrid items-center">
            <span>{t(`weekday.${weekday}`)}</span>
            <input
              name={`day${weekday}`}
              defaultValue={spansText(hours, weekday)}
              placeholder={t("hoursClosedDay")}
              className="input input-sm font-mono"
              autoComplete="off"
            />
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-xs text-faint">{t("hoursHint")}</p>
    </fieldset>
  );
}
