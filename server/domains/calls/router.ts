import { memberProcedure, router } from "#server/trpc/init.ts";
import { askAboutCall } from "./ask-about-call.ts";
import { describeCallFunctions } from "./functions/registry.ts";
import { getCall } from "./get-call.ts";
import { countCalls, listCalls } from "./list-calls.ts";
import { linkTicket, openTicketFromCall } from "./link-ticket.ts";
import { callRef, countCallsInput, linkTicketInput, listCallsInput, openTicketFromCallInput } from "./schemas.ts";

const reads = memberProcedure("conversations.read");
const replies = memberProcedure("conversations.reply");
const works = memberProcedure("tickets.write");
const configures = memberProcedure("channels.read");

/** Phone calls. */
export const callsRouter = router({
  list: reads.input(listCallsInput).query(({ ctx, input }) => listCalls(ctx.verb, input)),
  counts: reads.input(countCallsInput).query(({ ctx, input }) => countCalls(ctx.verb, input)),
  get: reads.input(callRef).query(({ ctx, input }) => getCall(ctx.verb, input)),
  ask: replies.input(callRef).mutation(({ ctx, input }) => askAboutCall(ctx.verb, input)),
  linkTicket: works.input(linkTicketInput).mutation(({ ctx, input }) => linkTicket(ctx.verb, input)),
  openTicket: works.input(openTicketFromCallInput).mutation(({ ctx, input }) => openTicketFromCall(ctx.verb, input)),
  functions: configures.query(() => describeCallFunctions()),
});
