import { z } from "zod";
import { defineQueue } from "#server/jobs/define-queue.ts";

/** One outbound message to hand to its provider. */
export const sendQueue = defineQueue({
  name: "messages.send",
  schema: z.strictObject({ tenantId: z.uuid(), messageId: z.uuid() }),
  // Longer than any provider call may take: a job given to a second worker finds no first one alive.
  expireInSeconds: 120,
  retryLimit: 8,
});

/** A conversation in which a reply is due that was to leave later. */
export const scheduledQueue = defineQueue({
  name: "messages.scheduled",
  schema: z.strictObject({ tenantId: z.uuid(), conversationId: z.uuid() }),
});

/** One reaction of ours to hand to its provider. */
export const reactionQueue = defineQueue({
  name: "messages.react",
  schema: z.strictObject({ tenantId: z.uuid(), eventId: z.uuid() }),
});

/** The newest message that a member read: its writer may be told. */
export const readQueue = defineQueue({
  name: "messages.read",
  schema: z.strictObject({ tenantId: z.uuid(), messageId: z.uuid() }),
  retryLimit: 1,
});

/** Somebody who wrote for the first time, and whose profile says what they are called. */
export const profileQueue = defineQueue({
  name: "customers.profile",
  schema: z.strictObject({
    tenantId: z.uuid(),
    channelId: z.uuid(),
    customerId: z.uuid(),
    kind: z.string(),
    value: z.string(),
  }),
  retryLimit: 3,
});
