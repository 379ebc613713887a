import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import { currentConfig } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { enqueueAll } from "#server/jobs/enqueue.ts";
import type { NotificationKind } from "./kinds.ts";
import { proposed } from "./kinds.ts";
import { pushQueue } from "./queues.ts";
import type { NotificationSubject } from "./subject.ts";

/** Somebody who is to be told of something. */
export interface Told {
  userId: string;
  kind: NotificationKind;
  subject: NotificationSubject;
  subjectId: string;
}

/** What is not seen for this long is mailed, together with what else was not: milliseconds. */
export const unseenMs = 10 * 60_000;

/**
 * Tells members what happened, in the transaction in which it does: in the product, on their devices and by mail, each as they
 * chose. Nobody is told what they did themselves, nor who left the business. What was told and not seen yet counts up
 * instead. One statement for any number, and another where devices are to be woken.
 */
export async function notify(ctx: Ctx, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const rows = told.map(({ userId, kind, subject, subjectId }) => ({
      user_id: userId,
      kind,
      subject,
      subject_id: subjectId,
      ...proposed[kind],
    }));
    const mailed = currentConfig().mail !== undefined;
    const written = await tx.raw.unsafe<{ id: string; userId: string; wakes: boolean }[]>(
      statement,
      [ctx.tenantId, memberId(ctx), jsonRows(rows), now, mailed, new Date(now.getTime() + unseenMs)] as never[],
      { prepare: true },
    );
    if (written.length === 0) return;
    const { tenantId } = ctx;
    const jobs = written.filter(({ wakes }) => wakes).map(({ id }) => ({ tenantId, notificationId: id }));
    await enqueueAll({ ...ctx, tx }, pushQueue, jobs);
    tx.afterCommit(() => publish(tenantId, "notifications", [...new Set(written.map(({ userId }) => userId))]));
  });
}

const statement = `
  insert into notifications (tenant_id, id, user_id, kind, subject, subject_id, actor_id, shown, mail, mail_due_at, created_at, happened_at)
  select distinct on (member.user_id, told.kind, told.subject, told.subject_id)
         $1::uuid, door.new_id(), member.user_id, told.kind, told.subject, told.subject_id, $2::uuid, coalesce(chosen.product, told.product),
         case when $5::boolean and coalesce(chosen.mail, told.mail) then 'owed' end,
         case when $5::boolean and coalesce(chosen.mail, told.mail) then $6::timestamptz end, $4::timestamptz, $4::timestamptz
    from jsonb_to_recordset($3::text::jsonb)
           as told (user_id uuid, kind text, subject text, subject_id uuid, product boolean, push boolean, mail boolean)
    join memberships member on member.tenant_id = $1 and member.user_id = told.user_id and member.status = 'active'
    left join notification_choices chosen on chosen.tenant_id = $1 and chosen.user_id = told.user_id and chosen.kind = told.kind
   where member.user_id is distinct from $2::uuid
     and (coalesce(chosen.product, told.product) or coalesce(chosen.push, told.push) or coalesce(chosen.mail, told.mail))
   order by member.user_id, told.kind, told.subject, told.subject_id
  on conflict (tenant_id, user_id, kind, subject, subject_id) where seen_at is null do update
    set times = notifications.times + 1, happened_at = excluded.happened_at, actor_id = excluded.actor_id
  returning id, user_id as "userId", exists (
    select from push_subscriptions device where device.tenant_id = $1 and device.user_id = notifications.user_id) as wakes`;
