import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** One replay of many events, worked on step by step. */
export const replayQueue = defineQueue({
  name: "webhook_logs.replay",
  schema: z.strictObject({ tenantId: z.uuid(), replayId: z.uuid() }),
  // A worker that dies is replaced by the sweep, sooner than by the queue.
  expireInSeconds: 3_600,
  retryLimit: 3,
});
