import type { FreeSlot } from "./data.ts";
import type { Placed } from "./calendar-moves.ts";

/** Longer than the server takes. */
const patienceMs = 15_000;

export type MoveAnswer =
  | { refused: null; appointmentId: string }
  /** `slots`: what is free instead, soonest first. */
  | { refused: string; slots: FreeSlot[] };

/** Gives an appointment another time or another member. `path` is the address of `move.ts`. */
export async function moveAppointment(path: string, appointmentId: string, to: Placed): Promise<MoveAnswer> {
  try {
    const response = await fetch(path, {
      method: "POST",
      body: new URLSearchParams({
        appointmentId,
        startsAt: to.startsAt.toISOString(),
        endsAt: to.endsAt.toISOString(),
        userId: to.userId,
      }),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(patienceMs),
    });
    const answer = (await response.json()) as Sent;
    if (response.ok && answer.appointmentId) return { refused: null, appointmentId: answer.appointmentId };
    const slots = (answer.slots ?? []).map(({ startsAt, userId }) => ({ startsAt: new Date(startsAt), userId }));
    return { refused: answer.refused ?? answer.reason ?? "unexpected", slots };
  } catch {
    return { refused: "unreachable", slots: [] };
  }
}

interface Sent {
  appointmentId?: string;
  refused?: string;
  reason?: string;
  slots?: { startsAt: string; userId: string }[];
}
