import { formatFor } from "#app/i18n/format.ts";
import { useFormat, useLocale, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";

import type { AppointmentDetail } from "./data.ts";
import { calendarFormat } from "./time-words.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

/** When it is, by the clock of the business, and by the customer's where that is another. */
export function WhenLine({ detail, ownDay }: { detail: AppointmentDetail; ownDay: string }) {
  const t = useT("appointments");
  const calendars = useT("calendars");
  const to = useTenantPath();
  const locale = useLocale();
  const format = useFormat();
  const calendar = useCalendarFormat();
  const { startsAt, endsAt, customerTimezone, timezone } = detail;
  const theirs = customerTimezone === timezone ? null : formatFor(locale, customerTimezone);
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line px-5 pb-3 text-dim max-sm:px-4">
      <BackLink to={to(`appointments?day=${ownDay}`)}>{t("back")}</BackLink>
      <p className="text-fg">
        <strong className="inline-block first-letter:uppercase">{calendar.dayOf(startsAt)}</strong>,{" "}
        <span className="tabular-nums">
          {format.time(startsAt)}–{format.time(endsAt)}
        </span>
      </p>
      <p className="text-xs text-faint">{t("zone", { zone: calendar.zone(startsAt) })}</p>
      {theirs ? (
        <p className="text-xs">
          {t("atCustomers", {
            day: calendarFormat(locale, customerTimezone).dayOf(startsAt),
            time: theirs.time(startsAt),
            zone: calendarFormat(locale, customerTimezone).zone(startsAt),
          })}
        </p>
      ) : null}
      {detail.status === "rescheduled" ? null : (
        <a href={to(`appointments/${detail.id}/calendar.ics`)} download className="link text-xs">
          {calendars("addToCalendar")}
        </a>
      )}
    </div>
  );
}
