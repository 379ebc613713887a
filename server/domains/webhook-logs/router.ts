import { allows } from "#server/auth/permissions.ts";
import { memberProcedure, router } from "#server/trpc/init.ts";
import { countWebhookLogs } from "./count-webhook-logs.ts";
import { getWebhookLog } from "./get-webhook-log.ts";
import { takeTestPost } from "./jobs.ts";
import { listWebhookLogs } from "./list-webhook-logs.ts";
import { replayWebhookLog } from "./replay-webhook-log.ts";
import { listWebhookLogsInput, testPostInput, webhookLogRef } from "./schemas.ts";

const read = memberProcedure("logs.read");

/** What came in, what became of it and why. */
export const webhookLogsRouter = router({
  list: read.input(listWebhookLogsInput).query(({ ctx, input }) => listWebhookLogs(ctx.verb, input)),
  volume: read.query(({ ctx }) => countWebhookLogs(ctx.verb)),
  get: read
    .input(webhookLogRef)
    .query(({ ctx, input }) => getWebhookLog(ctx.verb, input, { contents: allows(ctx.member.role, "logs.payload") })),
  replay: memberProcedure("logs.replay")
    .input(webhookLogRef)
    .mutation(({ ctx, input }) => replayWebhookLog(ctx.verb, input)),
  test: memberProcedure("channels.write")
    .input(testPostInput)
    .mutation(({ ctx, input }) => takeTestPost(ctx.verb, input)),
});
