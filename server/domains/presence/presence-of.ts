import { sql } from "drizzle-orm";
import { memberships } from "#db/schema/tenants.ts";

/** Whether a colleague has Guichet open, and is to be asked something. */
export type Presence = "online" | "away" | "offline";

/** How often a process says that a member is connected to it, and how long that counts. */
export const sayEveryMs = 25_000;
const countsMs = 70_000;

/** What was last said before this is of a process that has died. */
export function connectedSince(now: Date): Date {
  return new Date(now.getTime() - countsMs);
}

/** The presence of a row of `memberships`, in a statement that joins (so that its columns are named in full). */
export function presenceAt(now: Date) {
  const { tenantId, userId, away, absentFrom, absentUntil } = memberships;
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql<Presence>`case
    when not exists (
      select from member_connections held where held.tenant_id = ${tenantId} and held.user_id = ${userId}
         and held.seen_at > ${connectedSince(now).toISOString()}::timestamptz) then 'offline'
    when ${away} or (${absentFrom} <= ${at} and ${absentUntil} > ${at}) then 'away'
    else 'online' end`;
}

/** Until when a row of `memberships` is out of the office; null while they are not. */
export function absentUntilAt(now: Date) {
  const { absentFrom, absentUntil } = memberships;
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql<Date | null>`case when ${absentFrom} <= ${at} and ${absentUntil} > ${at} then ${absentUntil} end`.mapWith(
    absentUntil,
  );
}
