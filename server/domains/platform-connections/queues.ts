import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** One connection to ask about at its platform: renewed when it ends soon, and known to be lost when it is. */
export const connectionQueue = defineQueue({
  name: "connections.look_after",
  schema: z.strictObject({ tenantId: z.uuid(), connectionId: z.uuid() }),
  retryLimit: 3,
});
