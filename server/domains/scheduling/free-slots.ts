import type { FreeSlot } from "./schemas.ts";
import type { Stretch, WorkingWeek } from "./working-time.ts";
import { gridOf, without, workingTime } from "./working-time.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What a service asks of its times. */
export interface SlotRules {
  serviceId: string;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  capacity: number;
  minimumNoticeMinutes: number;
  horizonDays: number;
  slotStepMinutes: number;
}

/** A seat that is taken, its buffers included. Milliseconds since 1970. */
export interface TakenSeat {
  serviceId: string;
  startsAt: number;
  blockedFrom: number;
  blockedUntil: number;
}

/** A member as far as their time goes. */
export interface MemberTime {
  userId: string;
  week: WorkingWeek;
  /** In order of their beginnings. */
  off: readonly Stretch[];
  /** In order of `blockedFrom`. */
  taken: readonly TakenSeat[];
}

/**
 * The times between two instants at which a service can be booked now. An appointment lies in working time as a whole; its
 * buffers may reach out of it, but not into anything that is booked. Several customers share a member's time only in the
 * same service at the same time, as many as it has room for.
 */
export function freeSlots(
  rules: SlotRules,
  members: readonly MemberTime[],
  { from, until, now }: { from: number; until: number; now: number },
): FreeSlot[] {
  const first = Math.max(from, now + rules.minimumNoticeMinutes * minuteMs);
  const last = Math.min(until - 1, now + rules.horizonDays * dayMs);
  const slots = new Map<number, FreeSlot>();
  for (const member of members) {
    for (const { start, seats } of startsOf(rules, member, first, last)) {
      const slot = slots.get(start);
      if (slot) {
        slot.userIds.push(member.userId);
        slot.seats = Math.max(slot.seats, seats);
      } else {
        const endsAt = new Date(start + rules.durationMinutes * minuteMs);
        slots.set(start, { startsAt: new Date(start), endsAt, userIds: [member.userId], seats });
      }
    }
  }
  return [...slots.values()].toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

interface FreeStart {
  start: number;
  /** Left, one at least. */
  seats: number;
}

function* startsOf(rules: SlotRules, member: MemberTime, first: number, last: number): Generator<FreeStart> {
  if (first > last) return;
  const duration = rules.durationMinutes * minuteMs;
  // As far as the last appointment may reach, and from where working time that is under way may have begun.
  const worked = workingTime(member.week, first, last + duration);
  const open = without(worked, member.off);
  const seatsAt = seatsLeft(rules, member.taken);
  let at = 0;
  for (const start of gridOf(member.week, rules.slotStepMinutes, first, last + 1)) {
    while (at < open.length && open[at]![1] < start + duration) at++;
    if (at === open.length) return;
    if (open[at]![0] > start) continue;
    const seats = seatsAt(start);
    if (seats > 0) yield { start, seats };
  }
}

/** How many seats are left at starts that are asked for in order. */
function seatsLeft(rules: SlotRules, taken: readonly TakenSeat[]): (start: number) => number {
  let next = 0;
  let near: TakenSeat[] = [];
  return (start) => {
    const from = start - rules.bufferBeforeMinutes * minuteMs;
    const until = start + (rules.durationMinutes + rules.bufferAfterMinutes) * minuteMs;
    while (next < taken.length && taken[next]!.blockedFrom < until) near.push(taken[next++]!);
    near = near.filter(({ blockedUntil }) => blockedUntil > from);
    const shared = near.every((seat) => seat.serviceId === rules.serviceId && seat.startsAt === start);
    return shared ? Math.max(rules.capacity - near.length, 0) : 0;
  };
}
