export const directions = ["in", "out"] as const;
export const statuses = [
  "completed",
  "in_progress",
  "forwarded",
  "no_answer",
  "voicemail",
  "busy",
  "canceled",
  "failed",
  "ringing",
  "queued",
] as const;
export const sentiments = ["positive", "neutral", "mixed", "negative"] as const;
export const kinds = ["missed", "agent"] as const;
export const periods = [1, 7, 30, 90, 365] as const;
const usualPeriod = 30;

/** What the address of the list says. Anything it does not know is left out. */
export interface Listing {
  only: (typeof kinds)[number] | undefined;
  direction: (typeof directions)[number] | undefined;
  status: (typeof statuses)[number] | undefined;
  sentiment: (typeof sentiments)[number] | undefined;
  channel: string | undefined;
  customer: string | undefined;
  /** Days; undefined: all there ever were. */
  days: (typeof periods)[number] | undefined;
  /** The saved view that it began from. */
  saved: string | undefined;
  cursor: string | undefined;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readListing(params: URLSearchParams): Listing {
  const among = <Value extends string>(values: readonly Value[], name: string) =>
    values.find((known) => known === params.get(name));
  const idOf = (name: string) => (id.test(params.get(name) ?? "") ? (params.get(name) ?? undefined) : undefined);
  const days = params.get("days");
  return {
    only: among(kinds, "only"),
    direction: among(directions, "direction"),
    status: among(statuses, "status"),
    sentiment: among(sentiments, "sentiment"),
    channel: idOf("channel"),
    customer: idOf("customer"),
    days: days === "all" ? undefined : (periods.find((known) => String(known) === days) ?? usualPeriod),
    saved: idOf("saved"),
    cursor: params.get("cursor") ?? undefined,
  };
}

/** The address of a list, its defaults left out; a changed list starts at its first page. */
export function listAddress(listing: Listing, change: Partial<Listing> = {}): string {
  const next: Listing = { ...listing, cursor: undefined, ...change };
  const params = new URLSearchParams();
  for (const name of ["only", "direction", "status", "sentiment", "channel", "customer"] as const)
    if (next[name]) params.set(name, next[name]);
  if (next.days !== usualPeriod) params.set("days", next.days ? String(next.days) : "all");
  for (const name of ["saved", "cursor"] as const) if (next[name]) params.set(name, next[name]);
  return `?${params}`;
}

const narrowing = {
  only: undefined,
  direction: undefined,
  status: undefined,
  sentiment: undefined,
  channel: undefined,
  customer: undefined,
} satisfies Partial<Listing>;

/** Nothing but the period narrows the list. */
export const noFilter: Partial<Listing> = { ...narrowing, saved: undefined };

export function isNarrowed(listing: Listing): boolean {
  return Object.keys(narrowing).some((name) => listing[name as keyof typeof narrowing] !== undefined);
}

/** The same as the procedures ask for it. */
export function filterOf({ only, direction, status, sentiment, channel, customer, days }: Listing) {
  return { only, direction, status, sentiment, channelId: channel, customerId: customer, days };
}
