import { customerNameOf } from "#db/look-ups.ts";
import type { notificationSubjects } from "#db/schema/notifications.ts";

/** What a notification is about. */
export type NotificationSubject = (typeof notificationSubjects)[number];

/**
 * In SQL, of a notification `one` beside the `ticket` that it is about: a ticket's subject, else whose conversation or prospect
 * it is; null when that is gone.
 */
export const titleSql = `coalesce(ticket.subject,
           (select ${customerNameOf("thread.customer_id")} from conversations thread
             where thread.tenant_id = $1 and thread.id = one.subject_id and one.subject = 'conversation'),
           (select ${customerNameOf("prospect.customer_id")} from prospects prospect
             where prospect.tenant_id = $1 and prospect.id = one.subject_id and one.subject = 'prospect'))`;
