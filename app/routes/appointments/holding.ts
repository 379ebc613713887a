import type { Placed } from "./calendar-moves.ts";
import type { Column } from "./columns-of.ts";
import type { CalendarAppointment } from "./data.ts";
import { instantAt, placeOf } from "./day-axis.ts";

const stepMs = 15 * 60_000;

/** An appointment that is being moved or made longer, and where it would go. */
export interface Held extends Placed {
  appointment: CalendarAppointment;
  /** The column that it is over. */
  column: number;
  by: "pointer" | "keyboard";
}

/** What a pointer has got hold of. */
export interface Grasp {
  appointment: CalendarAppointment;
  x: number;
  y: number;
  /** From the top of what is held to the pointer, in rows. */
  grip: number;
  edge: boolean;
  moved: boolean;
}

/** What a press takes hold of, if it is something that may be moved. */
export function grasp(
  event: PointerEvent,
  columns: readonly Column[],
  appointments: readonly CalendarAppointment[],
): Grasp | null {
  if (!(event.target instanceof Element)) return null;
  const block = event.target.closest<HTMLElement>("[data-block]");
  const appointment = appointments.find(({ id }) => id === block?.dataset["block"]);
  const column = block?.closest<HTMLElement>("[data-column]");
  if (!block || !appointment || !column || block.dataset["fixed"] !== undefined) return null;
  const { starts } = columns[Number(column.dataset["column"])]!;
  const grip = rowsFromTop(event, column, starts.length) - placeOf(starts, appointment.startsAt.getTime());
  const edge = event.target.closest("[data-edge]") !== null;
  return { appointment, x: event.clientX, y: event.clientY, grip, edge, moved: false };
}

function rowsFromTop(event: PointerEvent, column: Element, rows: number): number {
  const { top, height } = column.getBoundingClientRect();
  return ((event.clientY - top) / height) * rows;
}

/** Where the pointer would put what it holds. */
export function overOf(event: PointerEvent, drag: Grasp, grid: Element, columns: readonly Column[]): Held | null {
  const elements = [...grid.querySelectorAll<HTMLElement>("[data-column]")];
  const { appointment, edge } = drag;
  const under = elements.findIndex((one) => {
    const { left, right } = one.getBoundingClientRect();
    return event.clientX >= left && event.clientX < right;
  });
  const home = elements.findIndex((one) => one.querySelector(`[data-block="${appointment.id}"]`));
  const at = edge ? home : under;
  const column = columns[at];
  const element = elements[at];
  if (!column || !element) return null;
  const place = rowsFromTop(event, element, column.starts.length);
  const { startsAt, endsAt, userId } = appointment;
  const base = { appointment, column: at, by: "pointer" as const };
  if (edge) {
    const until = instantAt(column.starts, Math.min(place, column.starts.length - 0.01));
    if (until === null) return null;
    return { ...base, startsAt, userId, endsAt: new Date(Math.max(until + stepMs, startsAt.getTime() + stepMs)) };
  }
  const start = instantAt(column.starts, Math.max(0, place - drag.grip + 0.25));
  if (start === null) return null;
  return {
    ...base,
    startsAt: new Date(start),
    endsAt: new Date(start + endsAt.getTime() - startsAt.getTime()),
    userId: column.userId ?? userId,
  };
}

/** Whether two are over the same place. */
export const sameHold = (a: Held, b: Held) =>
  a.column === b.column && a.startsAt.getTime() === b.startsAt.getTime() && a.endsAt.getTime() === b.endsAt.getTime();

/** A step up or down, a column to the side, or a step longer or shorter; null for a key that does nothing. */
export function nudged(
  held: Held,
  event: Pick<KeyboardEvent, "key" | "shiftKey">,
  columns: readonly Column[],
): Held | null {
  const by = event.key === "ArrowDown" ? stepMs : event.key === "ArrowUp" ? -stepMs : 0;
  const { startsAt, endsAt } = held;
  if (by !== 0 && event.shiftKey) {
    const until = Math.max(endsAt.getTime() + by, startsAt.getTime() + stepMs);
    return { ...held, endsAt: new Date(until) };
  }
  if (by !== 0)
    return { ...held, startsAt: new Date(startsAt.getTime() + by), endsAt: new Date(endsAt.getTime() + by) };
  const beside = held.column + (event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0);
  const [from, to] = [columns[held.column], columns[beside]];
  if (beside === held.column || !from || !to) return null;
  // The same time by the clock on the wall, however long the days between are.
  const start = instantAt(to.starts, placeOf(from.starts, startsAt.getTime()));
  if (start === null) return null;
  return {
    ...held,
    column: beside,
    userId: to.userId ?? held.userId,
    startsAt: new Date(start),
    endsAt: new Date(start + endsAt.getTime() - startsAt.getTime()),
  };
}

/** The click that ends a drag is none. */
export function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
}
