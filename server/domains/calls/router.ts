import { memberProcedure, router } from "#server/trpc/init.ts";
import { describeCallFunctions } from "./functions/registry.ts";
import { getCall } from "./get-call.ts";
import { callRef } from "./schemas.ts";

const reads = memberProcedure("conversations.read");
const configures = memberProcedure("channels.read");

/** Phone calls. */
export const callsRouter = router({
  get: reads.input(callRef).query(({ ctx, input }) => getCall(ctx.verb, input)),
  functions: configures.query(() => describeCallFunctions()),
});
