import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** A channel that could not send may send again: what waited for it goes out. */
export const releaseQueue = defineQueue({
  name: "messages.release",
  schema: z.strictObject({ tenantId: z.uuid(), channelId: z.uuid() }),
});
