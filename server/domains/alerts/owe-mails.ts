import { withTenant } from "#db/tenant.ts";
import { allows } from "#server/auth/permissions.ts";
import { currentConfig } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { roles } from "#server/core/context.ts";

/** Alerts that open within this long of each other are told in one mail, milliseconds. */
export const gatheringMs = 60_000;
/** What comes and goes is told of at most this often. */
const rarelyMs = 3_600_000;

/** Roles that see alerts, and are written to. */
export const alertedRoles = roles.filter((role) => allows(role, "channels.write"));

/**
 * Owes a mail to every member who is to be told that an alert opened: within a minute, or an hour after the
 * last mail about the same thing. Nothing where the program sends no mails.
 */
export async function oweOpened(ctx: Ctx, alertId: string): Promise<void> {
  if (!currentConfig().mail) return;
  const now = ctx.clock.now().getTime();
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      `insert into alert_mails (tenant_id, id, alert_id, user_id, event, created_at, due_at)
       select $1, door.new_id(), $2, member.user_id, 'opened', $4::timestamptz,
              greatest($5::timestamptz, (
                select max(coalesce(mail.sent_at, mail.claimed_at)) + make_interval(secs => $6)
                  from alerts opened
                  join alerts earlier on earlier.tenant_id = $1 and earlier.key = opened.key and earlier.opened_at > $7::timestamptz
                  join alert_mails mail on mail.tenant_id = $1 and mail.alert_id = earlier.id
                 where opened.tenant_id = $1 and opened.id = $2
                   and mail.user_id = member.user_id and mail.event = 'opened' and mail.status in ('sent', 'unknown')))
         from memberships member
         join user_profiles profile on profile.tenant_id = $1 and profile.user_id = member.user_id
        where member.tenant_id = $1 and member.status = 'active' and member.role = any ($3::text[]) and profile.alert_mails`,
      [
        ctx.tenantId,
        alertId,
        alertedRoles,
        new Date(now),
        new Date(now + gatheringMs),
        rarelyMs / 1000,
        new Date(now - 24 * rarelyMs),
      ] as never[],
      { prepare: true },
    ),
  );
}

/** Owes whoever is told of these alerts a mail that they are over; whether it is sent is seen when it is due. */
export async function oweRecovered(ctx: Ctx, alertIds: readonly string[]): Promise<void> {
  const now = ctx.clock.now().getTime();
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      `insert into alert_mails (tenant_id, id, alert_id, user_id, event, created_at, due_at)
       select $1, door.new_id(), mail.alert_id, mail.user_id, 'recovered', $3::timestamptz, $4::timestamptz
         from alert_mails mail
        where mail.tenant_id = $1 and mail.alert_id = any ($2::text[]::uuid[]) and mail.event = 'opened'
          and mail.status in ('owed', 'sending', 'sent', 'unknown')
       on conflict do nothing`,
      [ctx.tenantId, alertIds, new Date(now), new Date(now + gatheringMs)] as never[],
      { prepare: true },
    ),
  );
}
