import type { Caller } from "#server/trpc/root.ts";

import type { Kind, Search } from "./search-address.ts";
import { kinds } from "./search-address.ts";

const perPage = 25;

export type Conversations = Awaited<ReturnType<Caller["search"]["conversations"]>>;
export type Tickets = Awaited<ReturnType<Caller["search"]["tickets"]>>;
export type Customers = Awaited<ReturnType<Caller["customers"]["list"]>>;
export interface Found {
  /** The kind that is shown. */
  kind: Kind;
  counts: Record<Kind, number>;
  conversations: Conversations;
  tickets: Tickets;
  customers: Customers;
}

/** Every kind at once, for their counts; of the kind that is looked at, the page asked for. */
export async function findEverything(api: Caller, search: Search): Promise<Found | null> {
  const { query, channel, sinceDays, by, after } = search;
  if (query === "") return null;
  const asked = (kind: Kind) => ({
    query,
    ...(channel ? { channel } : {}),
    ...(sinceDays ? { sinceDays } : {}),
    ...(by ? { by } : {}),
    cursor: search.kind === kind ? (after ?? null) : null,
    limit: perPage,
  });
  const [conversations, tickets, customers] = await Promise.all([
    api.search.conversations(asked("conversations")),
    api.search.tickets(asked("tickets")),
    api.customers.list({ search: query }),
  ]);
  const counts = { conversations: conversations.found, tickets: tickets.found, customers: customers.rows.length };
  const kind = search.kind ?? kinds.find((one) => counts[one] > 0) ?? "conversations";
  return { kind, counts, conversations, tickets, customers };
}
