import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";

import type { Placed } from "./calendar-moves.ts";
import type { Column } from "./columns-of.ts";
import type { CalendarAppointment } from "./data.ts";
import { grasp, nudged, overOf, sameHold, swallowClick, type Grasp, type Held } from "./holding.ts";

interface Holding {
  grid: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  appointments: readonly CalendarAppointment[];
  /** Whether a member may move things at all. */
  enabled: boolean;
  onDrop: (appointment: CalendarAppointment, to: Placed) => void;
  onChange: (what: "taken" | "over" | "left", held: Held) => void;
}

/** Holds an appointment of the calendar by pointer (`[data-block]`, `[data-edge]` for its end) or by keyboard, and puts it where it is let go. */
export function useHolding({ grid, columns, appointments, enabled, onDrop, onChange }: Holding) {
  const [held, setHeld] = useState<Held | null>(null);
  const now = useRef({ columns, appointments, onDrop, held });
  useEffect(() => {
    now.current = { columns, appointments, onDrop, held };
  });

  useEffect(() => {
    const element = grid.current;
    if (!element || !enabled) return;
    const gone = new AbortController();
    let drag: Grasp | null = null;
    const end = () => {
      drag = null;
      setHeld(null);
    };
    element.addEventListener(
      "pointerdown",
      (event) => {
        if (event.button !== 0 || event.pointerType === "touch") return;
        drag = grasp(event, now.current.columns, now.current.appointments);
      },
      { signal: gone.signal },
    );
    window.addEventListener(
      "pointermove",
      (event) => {
        if (!drag || (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5)) return;
        drag.moved = true;
        event.preventDefault();
        const over = overOf(event, drag, element, now.current.columns);
        if (over) setHeld((before) => (before && sameHold(before, over) ? before : over));
      },
      { signal: gone.signal },
    );
    window.addEventListener(
      "pointerup",
      () => {
        const { held: last } = now.current;
        if (drag?.moved) {
          swallowClick();
          if (last) now.current.onDrop(last.appointment, last);
        }
        if (drag) end();
      },
      { signal: gone.signal },
    );
    window.addEventListener("pointercancel", () => drag && end(), { signal: gone.signal });
    window.addEventListener("keydown", (event) => event.key === "Escape" && drag && end(), { signal: gone.signal });
    return () => gone.abort();
  }, [grid, enabled]);

  /** Space takes and puts down, arrows move, Shift with them changes the end, Escape lets go. */
  const onKey = (event: KeyboardEvent, appointment: CalendarAppointment, column: number) => {
    if (!enabled || event.metaKey || event.ctrlKey || event.altKey) return;
    const mine = held?.by === "keyboard" && held.appointment.id === appointment.id ? held : null;
    if (event.key === " " && !mine) {
      const { startsAt, endsAt, userId } = appointment;
      const taken: Held = { appointment, column, startsAt, endsAt, userId, by: "keyboard" };
      setHeld(taken);
      onChange("taken", taken);
    } else if (mine && (event.key === " " || event.key === "Enter")) {
      setHeld(null);
      onDrop(appointment, mine);
    } else if (mine && event.key === "Escape") {
      setHeld(null);
      onChange("left", mine);
    } else if (mine) {
      const next = nudged(mine, event, columns);
      if (!next) return;
      setHeld(next);
      onChange("over", next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const letGo = (appointment: CalendarAppointment) => {
    if (held?.by !== "keyboard" || held.appointment.id !== appointment.id) return;
    setHeld(null);
    onChange("left", held);
  };

  return { held, onKey, letGo };
}
