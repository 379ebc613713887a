import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { NotificationKind } from "./kinds.ts";
import { proposed } from "./kinds.ts";
import { isQuiet } from "./quiet.ts";
import type { PushTarget } from "./send-push.ts";
import type { NotificationSubject } from "./subject.ts";
import { titleSql } from "./subject.ts";

export interface BegunPush {
  kind: NotificationKind;
  subject: NotificationSubject;
  subjectId: string;
  number: number | null;
  title: string | null;
  actor: string | null;
  locale: "fr" | "en";
  tenant: { name: string; slug: string };
  devices: (PushTarget & { id: string })[];
}

interface Row extends Omit<BegunPush, "tenant"> {
  wanted: boolean | null;
  quietFrom: string | null;
  quietUntil: string | null;
  mutedUntil: Date | null;
  timeZone: string;
  tenantName: string;
  slug: string;
}

/** What a notification says to the devices of its member; null where it was seen, is not wanted so, or they rest. */
export async function beginPush(ctx: Ctx, notificationId: string): Promise<BegunPush | null> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Row[]>(statement, [ctx.tenantId, notificationId], { prepare: true }),
  );
  if (!row || !(row.wanted ?? proposed[row.kind].push) || isQuiet(row, ctx.clock.now())) return null;
  const { kind, subject, subjectId, title, actor, locale, devices, tenantName, slug } = row;
  const number = row.number === null ? null : Number(row.number);
  return { kind, subject, subjectId, number, title, actor, locale, devices, tenant: { name: tenantName, slug } };
}

const statement = `
  select one.kind, one.subject, one.subject_id as "subjectId", ${memberNameOf("one.actor_id")} as actor, ticket.number,
         ${titleSql} as title,
         chosen.push as wanted, profile.quiet_from as "quietFrom", profile.quiet_until as "quietUntil",
         profile.muted_until as "mutedUntil", coalesce(profile.timezone, tenant.timezone) as "timeZone",
         coalesce(profile.locale, tenant.locale) as locale, tenant.name as "tenantName", tenant.slug,
         (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'endpoint', endpoint, 'p256dh', p256dh, 'auth', auth)), '[]')
            from push_subscriptions device where device.tenant_id = $1 and device.user_id = one.user_id) as devices
    from notifications one
    join memberships member on member.tenant_id = $1 and member.user_id = one.user_id and member.status = 'active'
    join user_profiles profile on profile.tenant_id = $1 and profile.user_id = one.user_id
    join tenants tenant on tenant.id = $1
    left join notification_choices chosen on chosen.tenant_id = $1 and chosen.user_id = one.user_id and chosen.kind = one.kind
    left join lateral (
      select number, subject from tickets where tenant_id = $1 and id = one.subject_id and one.subject = 'ticket' limit 1) ticket on true
   where one.tenant_id = $1 and one.id = $2::uuid and one.seen_at is null`;
