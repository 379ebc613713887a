import type { CalendarAppointment } from "./data.ts";

/** When something is, and whose it is. */
export interface Placed {
  startsAt: Date;
  endsAt: Date;
  userId: string;
}

/** An appointment that was moved here and is not yet known to be there. */
export interface Move extends Placed {
  id: string;
}

/** The appointments as they are once the moves are done. */
export function withMoves(known: readonly CalendarAppointment[], moves: readonly Move[]): CalendarAppointment[] {
  const moved = new Map(moves.map((move) => [move.id, move]));
  return known.map((appointment) => ({ ...appointment, ...moved.get(appointment.id) }));
}

/** Whether a move would leave everything as it is. */
export function isStill(appointment: CalendarAppointment, to: Placed): boolean {
  return (
    appointment.startsAt.getTime() === to.startsAt.getTime() &&
    appointment.endsAt.getTime() === to.endsAt.getTime() &&
    appointment.userId === to.userId
  );
}
