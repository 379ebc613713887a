import { Link, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";

import { statusIcons, statusTones } from "./appointment-words.ts";
import type { CalendarAppointment } from "./data.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

interface MonthGridProps {
  /** Whole weeks, Monday first. */
  days: readonly string[];
  /** A day of the month that is shown. */
  day: string;
  today: string;
  /** The appointments of each day of the zone of the business, in their order. */
  byDay: ReadonlyMap<string, readonly CalendarAppointment[]>;
}

/** How many of a day are named; the day itself shows the others. */
const named = 3;

/** A month in whole weeks. On a phone a day says how many, and leads to them. */
export function MonthGrid({ days, day, today, byDay }: MonthGridProps) {
  const t = useT("appointments");
  const calendar = useCalendarFormat();
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  return (
    <section aria-label={t("calendar")} className="min-w-0 flex-1 overflow-auto">
      <table className="month" aria-label={t("view.month")}>
        <thead>
          <tr>
            {weeks[0]?.map((one) => (
              <th key={one} scope="col">
                {calendar.weekdayName(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <MonthDay
                  key={one}
                  day={one}
                  isToday={one === today}
                  isBeyond={one.slice(0, 7) !== day.slice(0, 7)}
                  appointments={byDay.get(one) ?? []}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface MonthDayProps {
  day: string;
  isToday: boolean;
  /** Of the month before or after. */
  isBeyond: boolean;
  appointments: readonly CalendarAppointment[];
}

function MonthDay({ day, isToday, isBeyond, appointments }: MonthDayProps) {
  const t = useT("appointments");
  const calendar = useCalendarFormat();
  const { search } = useLocation();
  const query = new URLSearchParams(search);
  query.set("view", "day");
  query.set("day", day);
  const count = t("countOfDay", { count: appointments.length });
  const more = appointments.length - named;
  return (
    <td data-beyond={isBeyond ? "" : undefined}>
      <Link
        to={`?${query}`}
        className={cx(
          "tap inline-grid min-w-6 place-items-center rounded-full px-1 leading-6 tabular-nums hover:bg-hover",
          isToday
            ? "bg-accent font-semibold text-on-accent hover:bg-accent-hover"
            : isBeyond
              ? "text-faint"
              : "font-medium",
        )}
        aria-label={appointments.length > 0 ? `${calendar.longDay(day)}, ${count}` : calendar.longDay(day)}
        aria-current={isToday ? "date" : undefined}
      >
        {Number(day.slice(8))}
      </Link>
      {appointments.length > 0 ? (
        <span
          aria-hidden
          className="mx-auto mt-0.5 block w-fit rounded-full bg-active px-1.5 text-2xs text-accent sm:hidden"
        >
          {appointments.length}
        </span>
      ) : null}
      <ul className="flex flex-col gap-0.5 max-sm:hidden">
        {appointments.slice(0, named).map((appointment) => (
          <MonthLine key={appointment.id} appointment={appointment} />
        ))}
        {more > 0 ? (
          <li>
            <Link to={`?${query}`} className="block px-1 text-2xs leading-6 text-dim hover:text-fg">
              {t("moreOfDay", { count: more })}
            </Link>
          </li>
        ) : null}
      </ul>
    </td>
  );
}

function MonthLine({
  appointment: { id, startsAt, status, customerName, serviceName },
}: {
  appointment: CalendarAppointment;
}) {
  const t = useT("appointments");
  const format = useFormat();
  const to = useTenantPath();
  const Icon = statusIcons[status];
  return (
    <li className={`tone-${statusTones[status]}`}>
      <Link
        to={to(`appointments/${id}`)}
        className="block truncate rounded-sm bg-(--tone-soft) px-1 text-2xs leading-6 text-fg hover:underline"
        aria-label={`${format.time(startsAt)}, ${customerName}, ${serviceName}, ${t(`status.${status}`)}`}
      >
        <Icon size={10} aria-hidden className="mr-1 inline text-(--tone)" />
        <span className="tabular-nums">{format.time(startsAt)}</span> {customerName}
      </Link>
    </li>
  );
}
