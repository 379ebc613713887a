import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** One call that a member wants to be asked about at its provider now. */
export const askQueue = defineQueue({
  name: "calls.ask",
  schema: z.strictObject({ tenantId: z.uuid(), callId: z.uuid() }),
  expireInSeconds: 60,
  retryLimit: 0,
});
