import { z } from "zod";
import { notificationKinds } from "#db/schema/notifications.ts";

export const listNotificationsInput = z.object({
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListNotificationsInput = z.input<typeof listNotificationsInput>;

/** One of the member's own, or with null all of them. */
export const seeInput = z.object({ notificationId: z.uuid().nullable() });
export type SeeInput = z.infer<typeof seeInput>;

const ways = z.object({ product: z.boolean(), push: z.boolean(), mail: z.boolean() });
export const chooseNotificationsInput = z.object({ ways: z.record(z.enum(notificationKinds), ways) });
export type ChooseNotificationsInput = z.infer<typeof chooseNotificationsInput>;

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "invalid_time");

/** When a member is not to be disturbed: between two hours of their own clock, every day. */
export const quietInput = z
  .object({ from: hour.nullable(), until: hour.nullable() })
  .refine(({ from, until }) => (from === null) === (until === null) && (from === null || from !== until), {
    message: "invalid_time",
    path: ["until"],
  });
export type QuietInput = z.infer<typeof quietInput>;

/** For so many minutes from now; null: disturb me again. */
export const muteInput = z.object({
  minutes: z
    .number()
    .int()
    .min(1)
    .max(7 * 24 * 60)
    .nullable(),
});
export type MuteInput = z.infer<typeof muteInput>;

/** As a browser's `PushSubscription` says it. */
export const subscribeInput = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  p256dh: z.string().regex(/^[\w-]{80,100}=*$/),
  auth: z.string().regex(/^[\w-]{16,32}=*$/),
  userAgent: z.string().max(500).nullish(),
});
export type SubscribeInput = z.infer<typeof subscribeInput>;

export const deviceRef = z.object({ deviceId: z.uuid() });
export type DeviceRef = z.infer<typeof deviceRef>;
