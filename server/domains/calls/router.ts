import { memberProcedure, router } from "#server/trpc/init.ts";
import { askAboutCall } from "./ask-about-call.ts";
import { describeCallFunctions } from "./functions/registry.ts";
import { getCall } from "./get-call.ts";
import { callRef } from "./schemas.ts";

const reads = memberProcedure("conversations.read");
const replies = memberProcedure("conversations.reply");
const configures = memberProcedure("channels.read");

/** Phone calls. */
export const callsRouter = router({
  get: reads.input(callRef).query(({ ctx, input }) => getCall(ctx.verb, input)),
  ask: replies.input(callRef).mutation(({ ctx, input }) => askAboutCall(ctx.verb, input)),
  functions: configures.query(() => describeCallFunctions()),
});
