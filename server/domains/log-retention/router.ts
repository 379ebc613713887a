import { memberProcedure, router } from "#server/trpc/init.ts";
import { countExpired } from "./count-expired.ts";
import { getLogRetention } from "./get-log-retention.ts";
import { saveLogRetention } from "./save-log-retention.ts";
import { logRetentionInput } from "./schemas.ts";

const retain = memberProcedure("logs.retain");

/** How long the log is kept. */
export const logRetentionRouter = router({
  get: memberProcedure("logs.read").query(({ ctx }) => getLogRetention(ctx.verb)),
  countExpired: retain.input(logRetentionInput).query(({ ctx, input }) => countExpired(ctx.verb, input)),
  save: retain.input(logRetentionInput).mutation(({ ctx, input }) => saveLogRetention(ctx.verb, input)),
});
