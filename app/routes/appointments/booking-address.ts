import { dayAt, dayIn } from "./calendar-address.ts";

/** What the address of a booking says: what is chosen already, and what it is about. */
export interface Booking {
  service: string | undefined;
  member: string | undefined;
  /** The first day whose free times are shown. */
  day: string;
  /** A time that was pressed in the calendar. */
  at: Date | undefined;
  customer: string | undefined;
  conversation: string | undefined;
  ticket: string | undefined;
  call: string | undefined;
  /** The time that is kept while the rest is asked for, until when, and by which row. */
  hold: string | undefined;
  until: Date | undefined;
  /** Whom it is for: what was looked for. */
  search: string | undefined;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `today`: the day it is in the zone of the business. */
export function readBooking(params: URLSearchParams, timeZone: string, today: string): Booking {
  const idOf = (name: string) => {
    const value = params.get(name) ?? "";
    return id.test(value) ? value : undefined;
  };
  const instantOf = (name: string) => {
    const instant = new Date(params.get(name) ?? "");
    return Number.isNaN(instant.getTime()) ? undefined : instant;
  };
  const at = instantOf("at");
  return {
    service: idOf("service"),
    member: idOf("member"),
    day: dayIn(params.get("day")) ?? (at ? dayAt(at.getTime(), timeZone) : today),
    at,
    customer: idOf("customer"),
    conversation: idOf("conversation"),
    ticket: idOf("ticket"),
    call: idOf("call"),
    hold: idOf("hold"),
    until: instantOf("until"),
    search: params.get("q")?.trim().slice(0, 200) || undefined,
  };
}

export function bookingAddress(booking: Booking, change: Partial<Booking> = {}): string {
  const { search, at, until, ...words } = { ...booking, ...change };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(words)) if (value) params.set(name, value);
  if (at) params.set("at", at.toISOString());
  if (until) params.set("until", until.toISOString());
  if (search) params.set("q", search);
  return `?${params}`;
}

/** A free time as a button says it, and back. */
export const slotValue = (startsAt: Date, userId: string) => `${startsAt.toISOString()}/${userId}`;
export function readSlot(value: string): { startsAt: Date; userId: string } | null {
  const [instant = "", userId = ""] = value.split("/");
  const startsAt = new Date(instant);
  return Number.isNaN(startsAt.getTime()) || !id.test(userId) ? null : { startsAt, userId };
}
