import { statuses, type Status } from "./appointment-words.ts";
import { dayIn } from "./calendar-address.ts";

export const periods = ["upcoming", "today", "past", "all"] as const;
export type Period = (typeof periods)[number];

/** What the address of the list says. Anything it does not know is left out. */
export interface Listing {
  period: Period;
  /** Days, both included; they take the place of the period. */
  from: string | undefined;
  until: string | undefined;
  status: Status[];
  member: string | undefined;
  service: string | undefined;
  customer: string | undefined;
  /** The saved view that it began from. */
  saved: string | undefined;
  after: string | undefined;
  before: string | undefined;
  /** The number of the first row; only shown. */
  at: number;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readListing(params: URLSearchParams): Listing {
  const idOf = (name: string) => {
    const value = params.get(name) ?? "";
    return id.test(value) ? value : undefined;
  };
  const asked = [...params.getAll("status")].flatMap((value) => value.split(","));
  return {
    period: periods.find((known) => known === params.get("period")) ?? "upcoming",
    from: dayIn(params.get("from")) ?? undefined,
    until: dayIn(params.get("until")) ?? undefined,
    status: statuses.filter((status) => asked.includes(status)),
    member: idOf("member"),
    service: idOf("service"),
    customer: idOf("customer"),
    saved: idOf("saved"),
    after: params.get("after") ?? undefined,
    before: params.get("before") ?? undefined,
    at: Math.max(1, Number(params.get("at")) || 1),
  };
}

/** The address of a list, its defaults left out; a changed list starts at its first page. */
export function listAddress(listing: Listing, change: Partial<Listing> = {}): string {
  const next: Listing = { ...listing, after: undefined, before: undefined, at: 1, ...change };
  const params = new URLSearchParams();
  if (next.period !== "upcoming") params.set("period", next.period);
  if (next.status.length) params.set("status", next.status.join(","));
  for (const name of ["from", "until", "member", "service", "customer", "saved", "after", "before"] as const)
    if (next[name]) params.set(name, next[name]);
  if (next.at > 1) params.set("at", String(next.at));
  return `?${params}`;
}

/** Nothing but the period narrows the list. */
export const noFilter: Partial<Listing> = {
  from: undefined,
  until: undefined,
  status: [],
  member: undefined,
  service: undefined,
  customer: undefined,
  saved: undefined,
};

export function isNarrowed({ from, until, status, member, service, customer }: Listing): boolean {
  return status.length > 0 || Boolean(from ?? until ?? member ?? service ?? customer);
}
