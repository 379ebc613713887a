import { appPool } from "./tenant.ts";

/** What can be due, as `door.due` knows it (`doors.sql`). */
export type DueKind =
  | "alert_mails"
  | "appointment_messages"
  | "assignments"
  | "attachments"
  | "automation"
  | "busy_calendars"
  | "calls"
  | "channel_tokens"
  | "connections_ending"
  | "connections_unseen"
  | "mailboxes"
  | "messages"
  | "missed_calls"
  | "notification_mails"
  | "past_waits"
  | "prospect_follow_ups"
  | "scheduled_messages"
  | "snoozed"
  | "storage_removals"
  | "surveys"
  | "templates"
  | "ticket_bulk_changes"
  | "ticket_bulk_undos"
  | "ticket_deadlines"
  | "tokens_ending"
  | "unknown_messages"
  | "unused_uploads"
  | "waitlist"
  | "webhook_logs"
  | "webhook_replays";

/** A row whose time has come, and whose it is. What is due per business has an id of no use. */
export interface Due {
  tenantId: string;
  id: string;
}

/** At most so many of what is due by an instant, in every business, the longest due first. */
export async function findDue(what: DueKind, most: number, by: Date): Promise<Due[]> {
  return appPool()<Due[]>`
    select tenant_id as "tenantId", id from door.due(${what}, ${most}, ${by.toISOString()}::timestamptz)`;
}

/** The ids of rows by their business, in the order in which a business comes first. */
export function byTenant(rows: readonly Due[]): [tenantId: string, ids: string[]][] {
  return [...Map.groupBy(rows, ({ tenantId }) => tenantId)].map(([tenantId, own]) => [
    tenantId,
    own.map(({ id }) => id),
  ]);
}

/** Every business, for work that looks after all of them. */
export async function findTenants(): Promise<string[]> {
  const rows = await appPool()<{ tenantId: string }[]>`
    select tenant_id as "tenantId" from door.tenants_for_maintenance()`;
  return rows.map(({ tenantId }) => tenantId);
}
