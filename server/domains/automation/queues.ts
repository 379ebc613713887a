import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** A tenant's rules have something to look at. */
export const automationQueue = defineQueue({
  name: "automation",
  schema: z.strictObject({ tenantId: z.uuid() }),
});
