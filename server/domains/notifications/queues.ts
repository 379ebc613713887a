import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** A notification that is to wake its member's devices. */
export const pushQueue = defineQueue({
  name: "notifications.push",
  schema: z.strictObject({ tenantId: z.uuid(), notificationId: z.uuid() }),
  retryLimit: 3,
});
