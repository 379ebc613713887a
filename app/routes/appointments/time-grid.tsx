import { useRef, type CSSProperties } from "react";
import { useNavigate } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";

import { columnsOf } from "./columns-of.ts";
import type { Calendar } from "./data.ts";
import { instantAt, type Axis } from "./day-axis.ts";
import { ColumnHead } from "./column-head.tsx";
import { TimeColumn } from "./time-column.tsx";
import type { CalendarMoves } from "./use-calendar-moves.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";
import { useHolding } from "./use-holding.ts";
import { useHeldWords } from "./use-held-words.ts";

interface TimeGridProps {
  axis: Axis;
  calendar: Calendar;
  /** The members that have a column each; none: the days have. */
  members: Calendar["members"];
  today: string;
  moves: CalendarMoves;
}

/** Days, or the members of one day, side by side over the hours of the clock. */
export function TimeGrid({ axis, calendar, members, today, moves }: TimeGridProps) {
  const t = useT("appointments");
  const to = useTenantPath();
  const { clock } = useCalendarFormat();
  const navigate = useNavigate();
  const mayMove = useCan("appointments.write");
  const grid = useRef<HTMLDivElement>(null);
  const columns = columnsOf(
    axis,
    members.map(({ userId }) => userId),
  );
  const heldWords = useHeldWords();
  const { held, onKey, letGo } = useHolding({
    grid,
    columns,
    appointments: moves.appointments,
    enabled: mayMove,
    onDrop: moves.drop,
    onChange: (what, at) => moves.say(heldWords(what, at)),
  });
  const book = (column: number, place: number) => {
    const { starts, userId } = columns[column]!;
    const at = instantAt(starts, place, 30);
    if (at === null || !mayMove) return;
    const query = new URLSearchParams({ at: new Date(at).toISOString(), ...(userId ? { member: userId } : {}) });
    void navigate(`${to("appointments/new")}?${query}`);
  };
  return (
    <section aria-label={t("calendar")} className="min-h-0 min-w-0 flex-1 overflow-auto" tabIndex={0} ref={showToday}>
      <p id="calendar-hint" className="sr-only">
        {t("moveHint")}
      </p>
      <div className="calendar" style={{ "--rows": axis.rows.length, "--columns": columns.length } as CSSProperties}>
        <div className="calendar-corner" />
        {columns.map((column) => (
          <ColumnHead
            key={column.key}
            column={column}
            today={today}
            member={members.find(({ userId }) => userId === column.userId) ?? null}
          />
        ))}
        <div className="calendar-hours" aria-hidden>
          {axis.rows.map(({ minutes, again }, row) =>
            minutes % 60 === 0 ? (
              <span key={row} style={{ top: `calc(${row} * var(--row))` }}>
                {clock(minutes)}
                {again ? <abbr title={t("clockBack")}> ⟲</abbr> : null}
              </span>
            ) : null,
          )}
        </div>
        <div ref={grid} className="calendar-columns">
          {columns.map((column, index) => (
            <TimeColumn
              key={column.key}
              column={column}
              index={index}
              rows={axis.rows}
              calendar={calendar}
              moves={moves}
              held={held}
              isToday={column.day === today}
              mayMove={mayMove}
              onKey={onKey}
              letGo={letGo}
              onFree={book}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

/** A window too narrow for the week begins with today. */
function showToday(section: HTMLElement | null): void {
  const today = section?.querySelector("[aria-current=date]")?.closest(".calendar-head");
  const corner = section?.querySelector(".calendar-corner");
  if (section && today && corner)
    section.scrollLeft += today.getBoundingClientRect().left - corner.getBoundingClientRect().right;
}
