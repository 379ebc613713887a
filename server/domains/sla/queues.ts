import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** One step of reckoning a tenant's open tickets anew; `before` is where the last one ended. */
export const recountQueue = defineQueue({
  name: "sla.recount",
  schema: z.strictObject({
    tenantId: z.uuid(),
    before: z.strictObject({ updatedAt: z.iso.datetime(), id: z.uuid() }).optional(),
  }),
  retryLimit: 8,
});
