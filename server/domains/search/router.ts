import { memberProcedure, router } from "#server/trpc/init.ts";
import { searchAtOnceInput, searchInput } from "./schemas.ts";
import { searchAtOnce } from "./search-at-once.ts";
import { searchConversations } from "./search-conversations.ts";
import { searchTickets } from "./search-tickets.ts";

/** Work by the words that stand in it. Customers are found by who they are: `customers.list`. */
export const searchRouter = router({
  atOnce: memberProcedure("search.read")
    .input(searchAtOnceInput)
    .query(({ ctx, input }) => searchAtOnce(ctx.verb, input)),
  conversations: memberProcedure("conversations.read")
    .input(searchInput)
    .query(({ ctx, input }) => searchConversations(ctx.verb, input)),
  tickets: memberProcedure("tickets.read")
    .input(searchInput)
    .query(({ ctx, input }) => searchTickets(ctx.verb, input)),
});
