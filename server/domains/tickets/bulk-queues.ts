import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";
import { bulkBaton } from "./schemas.ts";

/** One change of many tickets, worked on step by step. */
export const bulkQueue = defineQueue({
  name: "tickets.bulk",
  schema: bulkBaton.extend({ tenantId: z.uuid() }).strict(),
  // A turn is short. A worker that dies is replaced by the sweep, sooner than by the queue.
  expireInSeconds: 120,
  retryLimit: 3,
});
