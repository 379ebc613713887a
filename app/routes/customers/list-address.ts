import { segments, type Segment } from "./customer-words.ts";

const sorts = ["recent", "name", "revenue"] as const;
export type Sort = (typeof sorts)[number];

/** What the address of the customers' list says. Anything it does not know is left out. */
export interface Listing {
  search: string | undefined;
  segment: Segment | undefined;
  tag: string | undefined;
  sort: Sort;
  /** The saved view that it began from. */
  saved: string | undefined;
  after: string | undefined;
  before: string | undefined;
  /** The number of the first row; only shown. */
  from: number;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readListing(params: URLSearchParams): Listing {
  return {
    search: params.get("q")?.trim().slice(0, 200) || undefined,
    segment: segments.find((known) => known === params.get("segment")),
    tag: params.get("tag")?.trim().slice(0, 60) || undefined,
    sort: sorts.find((known) => known === params.get("sort")) ?? "recent",
    saved: id.test(params.get("saved") ?? "") ? (params.get("saved") ?? undefined) : undefined,
    after: params.get("after") ?? undefined,
    before: params.get("before") ?? undefined,
    from: Math.max(1, Number(params.get("from")) || 1),
  };
}

/** The address of a list, its defaults left out; a changed list starts at its first page. */
export function listAddress(listing: Listing, change: Partial<Listing> = {}): string {
  const next: Listing = { ...listing, after: undefined, before: undefined, from: 1, ...change };
  const params = new URLSearchParams();
  if (next.search) params.set("q", next.search);
  if (next.segment) params.set("segment", next.segment);
  if (next.tag) params.set("tag", next.tag);
  if (next.sort !== "recent") params.set("sort", next.sort);
  if (next.saved) params.set("saved", next.saved);
  if (next.after) params.set("after", next.after);
  if (next.before) params.set("before", next.before);
  if (next.from > 1) params.set("from", String(next.from));
  return `?${params}`;
}
