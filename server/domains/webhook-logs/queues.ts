import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";
import { replayBaton } from "./schemas.ts";

/** One replay of many events, worked on step by step. */
export const replayQueue = defineQueue({
  name: "webhook_logs.replay",
  schema: replayBaton.extend({ tenantId: z.uuid() }).strict(),
  // A turn is short. A worker that dies is replaced by the sweep, sooner than by the queue.
  expireInSeconds: 120,
  retryLimit: 3,
});
