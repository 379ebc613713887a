import { cursorOf } from "#db/keyset.ts";
import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { readCursor } from "./read-cursor.ts";
import type { NotificationKind } from "./kinds.ts";
import type { ListNotificationsInput } from "./schemas.ts";
import { listNotificationsInput } from "./schemas.ts";
import type { NotificationSubject } from "./subject.ts";
import { titleSql } from "./subject.ts";

export interface NotificationSummary {
  id: string;
  kind: NotificationKind;
  subject: NotificationSubject;
  subjectId: string;
  /** The ticket's number. */
  number: number | null;
  /** Whose conversation it is, or what the ticket is about; null when it is gone. */
  title: string | null;
  /** Who did it; null: a customer, or the program. */
  actor: string | null;
  times: number;
  seen: boolean;
  happenedAt: Date;
}

export interface NotificationPage {
  rows: NotificationSummary[];
  nextCursor: string | null;
}

/** What the acting member was told, newest first. One statement. */
export async function listNotifications(ctx: Ctx, input: ListNotificationsInput = {}): Promise<NotificationPage> {
  const { cursor, limit } = listNotificationsInput.parse(input);
  const after = cursor ? readCursor(cursor) : null;
  const params: unknown[] = [ctx.tenantId, memberId(ctx)];
  const from = after
    ? `and (happened_at, id) < ($${params.push(after.at)}::timestamptz, $${params.push(after.id)}::uuid)`
    : "";
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<NotificationSummary[]>(statement(from, limit + 1), params as never[], { prepare: true }),
  );
  const page = rows.slice(0, limit).map((row) => ({ ...row, number: row.number === null ? null : Number(row.number) }));
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? cursorOf(last.happenedAt, last.id) : null };
}

const statement = (from: string, most: number) => `
  select one.id, one.kind, one.subject, one.subject_id as "subjectId", one.times, one.seen_at is not null as seen,
         one.happened_at as "happenedAt", ${memberNameOf("one.actor_id")} as actor, ticket.number,
         ${titleSql} as title
    from (
      select * from notifications where tenant_id = $1 and user_id = $2::uuid and shown ${from}
       order by happened_at desc, id desc limit ${most}
    ) one
    left join lateral (
      select number, subject from tickets where tenant_id = $1 and id = one.subject_id and one.subject = 'ticket' limit 1) ticket on true
   order by one.happened_at desc, one.id desc`;
