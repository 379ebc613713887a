import { Plus } from "lucide-react";
import { Link, useLocation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { cx } from "#app/ui/classes.ts";

import type { Column } from "./columns-of.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

interface ColumnHeadProps {
  column: Column;
  today: string;
  member: { userId: string; name: string } | null;
}

/** Which day, or whose: a day leads to itself; beside it, a new appointment there. */
export function ColumnHead({ column, today, member }: ColumnHeadProps) {
  const t = useT("appointments");
  const to = useTenantPath();
  const calendar = useCalendarFormat();
  const { search } = useLocation();
  const mayBook = useCan("appointments.write");
  const day = new URLSearchParams(search);
  day.set("view", "day");
  day.set("day", column.day);
  const book = new URLSearchParams({ day: column.day, ...(member ? { member: member.userId } : {}) });
  const name = member?.name ?? calendar.longDay(column.day);
  return (
    <div className="calendar-head">
      {member ? (
        <span className="flex min-w-0 items-center gap-1.5">
          <Avatar name={member.name} />
          <span className="truncate font-medium">{member.name}</span>
        </span>
      ) : (
        <Link
          to={`?${day}`}
          className={cx("truncate hover:underline", column.day === today ? "font-semibold text-accent" : "font-medium")}
          aria-label={name}
          aria-current={column.day === today ? "date" : undefined}
        >
          {calendar.weekday(column.day)}
        </Link>
      )}
      {mayBook ? (
        <Link
          to={`${to("appointments/new")}?${book}`}
          className="tap ml-auto grid size-5 flex-none place-items-center rounded-md text-faint hover:bg-hover hover:text-fg"
          aria-label={t("bookOn", { name })}
        >
          <Plus size={13} aria-hidden />
        </Link>
      ) : null}
    </div>
  );
}
