import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** One file to fetch from its provider. Its tries are counted in its row. */
export const fetchQueue = defineQueue({
  name: "attachments.fetch",
  schema: z.strictObject({ tenantId: z.uuid(), attachmentId: z.uuid() }),
  // Longer than a provider's answers and the storage's may take together.
  expireInSeconds: 280,
  retryLimit: 3,
});
