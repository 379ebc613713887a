import { dayIn } from "../appointments/calendar-address.ts";
import { sources, stages, statuses, type Source, type Stage, type Status } from "./prospect-words.ts";

/** Whom to speak with by when. */
export const dues = ["all", "open", "late", "today", "week"] as const;
export type Due = (typeof dues)[number];
export const sorts = ["recent", "score", "follow_up"] as const;
export type Sort = (typeof sorts)[number];
export const scores = [25, 50, 75] as const;

/** What the address of the list says. Anything it does not know is left out. */
export interface Listing {
  due: Due;
  status: Status[];
  /** A member's id, or `none`. */
  owner: string | undefined;
  source: Source | undefined;
  minScore: number | undefined;
  stage: Stage | undefined;
  customer: string | undefined;
  /** The first day on which they came. */
  since: string | undefined;
  sort: Sort;
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
  const asked = params.getAll("status").flatMap((value) => value.split(","));
  const due = dues.find((known) => known === params.get("due")) ?? "all";
  return {
    due,
    status: statuses.filter((status) => asked.includes(status)),
    owner: params.get("owner") === "none" ? "none" : idOf("owner"),
    source: sources.find((known) => known === params.get("source")),
    minScore: scores.find((known) => String(known) === params.get("score")),
    stage: stages.find((known) => known === params.get("stage")),
    customer: idOf("customer"),
    since: dayIn(params.get("since")) ?? undefined,
    sort: sorts.find((known) => known === params.get("sort")) ?? sortOf(due),
    saved: idOf("saved"),
    after: params.get("after") ?? undefined,
    before: params.get("before") ?? undefined,
    at: Math.max(1, Number(params.get("at")) || 1),
  };
}

/** Whom to speak with soon begins with who waits longest. */
const sortOf = (due: Due): Sort => (due === "all" || due === "open" ? "recent" : "follow_up");

/** The address of a list, its defaults left out; a changed list starts at its first page. */
export function listAddress(listing: Listing, change: Partial<Listing> = {}): string {
  const next: Listing = { ...listing, after: undefined, before: undefined, at: 1, ...change };
  const params = new URLSearchParams();
  if (next.due !== "all") params.set("due", next.due);
  if (next.status.length) params.set("status", next.status.join(","));
  if (next.minScore) params.set("score", String(next.minScore));
  if (next.sort !== sortOf(next.due)) params.set("sort", next.sort);
  for (const name of ["owner", "source", "stage", "customer", "since", "saved", "after", "before"] as const)
    if (next[name]) params.set(name, next[name]);
  if (next.at > 1) params.set("at", String(next.at));
  return `?${params}`;
}

export const noFilter: Partial<Listing> = {
  status: [],
  owner: undefined,
  source: undefined,
  minScore: undefined,
  stage: undefined,
  customer: undefined,
  since: undefined,
  saved: undefined,
};

export function isNarrowed({ status, owner, source, minScore, stage, customer, since }: Listing): boolean {
  return status.length > 0 || Boolean(owner ?? source ?? minScore ?? stage ?? customer ?? since);
}
