import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ConversationListRow } from "#server/domains/conversations/index.ts";
import { listConversationsOf } from "#server/domains/conversations/index.ts";
import { rankCustomers, readCustomers } from "#server/domains/customers/index.ts";
import { loosenerIn } from "./find-texts.ts";
import type { SearchAtOnceInput } from "./schemas.ts";
import { searchAtOnceInput } from "./schemas.ts";
import type { ConversationHit } from "./search-conversations.ts";
import { searchConversations } from "./search-conversations.ts";
import type { TicketHit } from "./search-tickets.ts";
import { searchTickets } from "./search-tickets.ts";

type Customer = Awaited<ReturnType<typeof readCustomers>>[number];

/** The best of every kind. */
export interface FoundAtOnce {
  customers: Customer[];
  tickets: TicketHit[];
  /** By words of theirs. */
  conversations: ConversationHit[];
  /** Where those are few: by whom they are with, newest first. */
  held: ConversationListRow[];
}

/** Customers whose conversations are looked through. */
const mostHolders = 100;

/** A few of everything that a question leads to, while it is being typed: one transaction, and what may have been meant is asked once. */
export async function searchAtOnce(ctx: Ctx, input: SearchAtOnceInput): Promise<FoundAtOnce> {
  const { query, limit } = searchAtOnceInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const loosen = loosenerIn(tx);
    const [customerIds, tickets, conversations] = await Promise.all([
      rankCustomers(inner, query, mostHolders),
      searchTickets(inner, { query, limit }, loosen),
      searchConversations(inner, { query, limit }, loosen),
    ]);
    const said = new Set(conversations.hits.map(({ id }) => id));
    const missing = Math.max(0, limit - said.size);
    const [customers, held] = await Promise.all([
      readCustomers(inner, customerIds.slice(0, limit)),
      // As many as may have been found by their words already are asked for beside.
      listConversationsOf(inner, { customerIds: missing > 0 ? customerIds : [], limit }),
    ]);
    return {
      customers,
      tickets: tickets.hits,
      conversations: conversations.hits,
      held: held.filter(({ id }) => !said.has(id)).slice(0, missing),
    };
  });
}
