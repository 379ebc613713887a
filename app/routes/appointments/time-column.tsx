import { type KeyboardEvent, type MouseEvent } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";

import { AppointmentBlock } from "./appointment-block.tsx";
import { bandOf, blocksOf, openBands, type Band, type Column } from "./columns-of.ts";
import type { Calendar, CalendarAppointment } from "./data.ts";
import { placeOf, type AxisRow } from "./day-axis.ts";
import type { Held } from "./holding.ts";
import type { CalendarMoves } from "./use-calendar-moves.ts";

interface TimeColumnProps {
  column: Column;
  index: number;
  rows: readonly AxisRow[];
  calendar: Calendar;
  moves: CalendarMoves;
  held: Held | null;
  isToday: boolean;
  mayMove: boolean;
  onKey: (event: KeyboardEvent, appointment: CalendarAppointment, column: number) => void;
  letGo: (appointment: CalendarAppointment) => void;
  /** A free place was pressed, in rows from the top. */
  onFree: (column: number, place: number) => void;
}

/** A day of everybody, or of one member: when it is open, who is away, what is booked, and what is just being moved. */
export function TimeColumn(props: TimeColumnProps) {
  const { column, index, rows, calendar, moves, held, isToday, mayMove, onKey, letGo, onFree } = props;
  const t = useT("appointments");
  const to = useTenantPath();
  const press = (event: MouseEvent) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    onFree(index, ((event.clientY - top) / height) * rows.length);
  };
  const nameOf = (id: string) =>
    column.userId ? null : (calendar.members.find(({ userId }) => userId === id)?.name ?? null);
  return (
    <div data-column={index} className="calendar-column">
      {/* For those who point: the button "New appointment" does the same for everybody. */}
      {mayMove ? <button type="button" className="calendar-free" tabIndex={-1} aria-hidden onClick={press} /> : null}
      {openBands(column, calendar.open).map((band, at) => (
        <div key={at} className="calendar-open" style={styleOf(band)} />
      ))}
      {rows.map(({ minutes }, row) => (
        <div
          key={row}
          className={cx(
            "calendar-line",
            minutes % 60 !== 0 && "calendar-half",
            column.starts[row] === null && "calendar-never",
          )}
          style={{ top: `calc(${row} * var(--row))` }}
          title={column.starts[row] === null ? t("neverShown") : undefined}
        />
      ))}
      {calendar.off.map((off, at) => {
        const band = bandOf(column, off);
        return band ? (
          <div key={at} className="calendar-off" style={styleOf(band)}>
            {[nameOf(off.userId), off.reason || t(off.elsewhere ? "busyElsewhere" : "away")]
              .filter(Boolean)
              .join(" · ")}
          </div>
        ) : null;
      })}
      {isToday ? <NowLine column={column} /> : null}
      {blocksOf(column, moves.appointments).map((block) => (
        <AppointmentBlock
          key={block.appointment.id}
          block={block}
          href={to(`appointments/${block.appointment.id}`)}
          memberName={nameOf(block.appointment.userId)}
          mayMove={mayMove}
          isHeld={held?.appointment.id === block.appointment.id}
          onKey={(event) => onKey(event, block.appointment, index)}
          onBlur={() => letGo(block.appointment)}
        />
      ))}
      {held?.column === index ? <Ghost column={column} held={held} /> : null}
    </div>
  );
}

const styleOf = ({ top, height }: Band) => ({
  top: `calc(${top} * var(--row))`,
  height: `calc(${height} * var(--row))`,
});

function NowLine({ column }: { column: Column }) {
  const place = placeOf(column.starts, useNow());
  if (place <= 0 || place >= column.starts.length) return null;
  return <div className="calendar-now" style={{ top: `calc(${place} * var(--row))` }} />;
}

/** Where what is held would go. */
function Ghost({ column, held }: { column: Column; held: Held }) {
  const format = useFormat();
  const top = placeOf(column.starts, held.startsAt.getTime());
  const height = Math.max(0.5, placeOf(column.starts, held.endsAt.getTime()) - top);
  return (
    <div className="calendar-ghost" style={styleOf({ top, height })}>
      {format.time(held.startsAt)}–{format.time(held.endsAt)}
    </div>
  );
}
