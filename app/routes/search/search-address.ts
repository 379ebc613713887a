import { channels } from "../tickets/ticket-words.ts";

export const kinds = ["conversations", "tickets", "customers"] as const;
export type Kind = (typeof kinds)[number];
export const ages = [7, 30, 365] as const;
export const whose = ["written", "assigned"] as const;

/** What the address of the results says. Anything it does not know is left out. */
export interface Search {
  query: string;
  /** Undefined: the first kind in which something was found. */
  kind: Kind | undefined;
  channel: (typeof channels)[number] | undefined;
  sinceDays: (typeof ages)[number] | undefined;
  by: (typeof whose)[number] | undefined;
  after: string | undefined;
}

export function readSearch(params: URLSearchParams): Search {
  return {
    query: params.get("q")?.trim().slice(0, 200) ?? "",
    kind: kinds.find((known) => known === params.get("kind")),
    channel: channels.find((known) => known === params.get("channel")),
    sinceDays: ages.find((known) => String(known) === params.get("days")),
    by: whose.find((known) => known === params.get("by")),
    after: params.get("after") ?? undefined,
  };
}

/** The address of results; changed ones start at the best. */
export function searchAddress(search: Search, change: Partial<Search> = {}): string {
  const next: Search = { ...search, after: undefined, ...change };
  const params = new URLSearchParams();
  if (next.query) params.set("q", next.query);
  if (next.kind) params.set("kind", next.kind);
  if (next.channel) params.set("channel", next.channel);
  if (next.sinceDays) params.set("days", String(next.sinceDays));
  if (next.by) params.set("by", next.by);
  if (next.after) params.set("after", next.after);
  return `?${params}`;
}
