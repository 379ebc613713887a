import type { notificationKinds } from "#db/schema/notifications.ts";

export type NotificationKind = (typeof notificationKinds)[number];

/** How a member hears of something. */
export interface Ways {
  product: boolean;
  push: boolean;
  mail: boolean;
}

/** What is proposed to whoever chose nothing: mails are for what somebody wants from one, and was not seen. */
export const proposed: Readonly<Record<NotificationKind, Ways>> = {
  mentioned: { product: true, push: true, mail: true },
  assigned: { product: true, push: true, mail: true },
  answered: { product: true, push: true, mail: false },
  ticket_changed: { product: true, push: false, mail: false },
  deadline_missed: { product: true, push: true, mail: true },
  rule: { product: true, push: true, mail: true },
  low_score: { product: true, push: true, mail: true },
  follow_up_due: { product: true, push: true, mail: true },
};
