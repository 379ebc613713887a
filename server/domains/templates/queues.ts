import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** A channel whose templates are to be read from its provider. */
export const syncQueue = defineQueue({
  name: "templates.sync",
  schema: z.strictObject({ tenantId: z.uuid(), channelId: z.uuid() }),
  retryLimit: 3,
});
