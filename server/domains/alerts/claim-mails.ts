import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { alertedRoles, gatheringMs } from "./owe-mails.ts";
import type { AlertKind } from "./schemas.ts";

/** One thing that a mail says. */
export interface Notice {
  id: string;
  event: "opened" | "recovered";
  kind: AlertKind;
  severity: "warning" | "critical";
  channelId: string | null;
  channelName: string | null;
  data: Record<string, unknown>;
  openedAt: Date;
  resolvedAt: Date | null;
  /** How often it opened within the last two hours, this time included. */
  times: number;
}

/** What one member is told in one mail. */
export interface ClaimedMail {
  mailId: string;
  address: string;
  name: string;
  locale: "fr" | "en";
  timezone: string;
  tenant: { name: string; slug: string };
  notices: Notice[];
}

interface Row extends Notice {
  userId: string;
  address: string;
  name: string;
  locale: "fr" | "en";
  timezone: string;
  tenantName: string;
  slug: string;
  due: boolean;
}

/** Looked at in one go: a tenant with more members and alerts than this has the rest in the next turn. */
const most = 500;

/**
 * Takes what the tenant's members are owed: from here on nobody else sends it. Drops what is no longer worth
 * a mail. One worker at a time, so that what is due together travels together.
 */
export async function claimMails(ctx: Ctx): Promise<ClaimedMail[]> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const [turn] = await tx.raw.unsafe<{ mine: boolean }[]>(
      "select pg_try_advisory_xact_lock(hashtextextended('alert_mails ' || $1::text, 0)) as mine",
      [ctx.tenantId],
      { prepare: true },
    );
    if (!turn?.mine) return [];
    await forgetSenders(tx, now);
    await dropVain(tx);
    const owed = await readOwed(tx, now);
    const mails = [...Map.groupBy(owed, (row) => row.userId).values()].filter((rows) => rows.some((row) => row.due));
    const claimed = mails.map((rows) => mailOf(newId(), rows));
    await markSending(tx, claimed, now);
    return claimed;
  });
}

/** A sender that died may have sent: nobody knows, and nobody sends it again. */
async function forgetSenders(tx: TenantTx, now: Date): Promise<void> {
  await tx.raw.unsafe(
    `update alert_mails set status = 'unknown', error = 'the sender stopped'
      where tenant_id = $1 and status = 'sending' and claimed_at < $2::timestamptz - interval '10 minutes'`,
    [tx.tenantId, now] as never[],
    { prepare: true },
  );
}

/**
 * Not worth a mail: an alert that is over before anybody was told of it, the end of one nobody was told of or
 * that came back and was told of again, and whatever is owed to members who are not to be written to any more.
 */
async function dropVain(tx: TenantTx): Promise<void> {
  await tx.raw.unsafe(
    `update alert_mails mail set status = 'dropped'
       from alerts alert
      where mail.tenant_id = $1 and mail.status = 'owed' and alert.tenant_id = $1 and alert.id = mail.alert_id
        and ((mail.event = 'opened' and alert.resolved_at is not null)
          or (mail.event = 'recovered' and exists (
                select from alert_mails told where told.tenant_id = $1 and told.alert_id = mail.alert_id
                   and told.user_id = mail.user_id and told.event = 'opened' and told.status in ('dropped', 'failed')))
          or (mail.event = 'recovered' and exists (
                select from alerts later
                  join alert_mails told on told.tenant_id = $1 and told.alert_id = later.id
                 where later.tenant_id = $1 and later.key = alert.key and later.id <> alert.id and later.opened_at >= alert.resolved_at
                   and told.user_id = mail.user_id and told.event = 'opened' and told.status in ('sent', 'unknown')))
          or not exists (
                select from memberships member
                  join user_profiles profile on profile.tenant_id = $1 and profile.user_id = member.user_id
                 where member.tenant_id = $1 and member.user_id = mail.user_id and member.status = 'active'
                   and member.role = any ($2::text[]) and profile.alert_mails))`,
    [tx.tenantId, alertedRoles] as never[],
    { prepare: true },
  );
}

/**
 * What is owed now or within the minute. The end of an alert waits until it was told of, and until it has
 * not come back for a minute.
 */
async function readOwed(tx: TenantTx, now: Date): Promise<Row[]> {
  return tx.raw.unsafe<Row[]>(
    `select mail.id, mail.event, mail.user_id as "userId", mail.due_at <= $2::timestamptz as due,
            alert.kind, alert.severity, alert.channel_id as "channelId", channel.name as "channelName", alert.data,
            alert.opened_at as "openedAt", alert.resolved_at as "resolvedAt",
            (select count(*)::int from alerts again where again.tenant_id = $1 and again.key = alert.key
                and again.opened_at > $2::timestamptz - interval '2 hours' and again.opened_at <= alert.opened_at) as times,
            member.email as address, profile.display_name as name, coalesce(profile.locale, tenant.locale) as locale,
            coalesce(profile.timezone, tenant.timezone) as timezone, tenant.name as "tenantName", tenant.slug
       from alert_mails mail
       join alerts alert on alert.tenant_id = $1 and alert.id = mail.alert_id
       left join channel_configurations channel on channel.tenant_id = $1 and channel.id = alert.channel_id
       join memberships member on member.tenant_id = $1 and member.user_id = mail.user_id
       join user_profiles profile on profile.tenant_id = $1 and profile.user_id = mail.user_id
       join tenants tenant on tenant.id = $1
      where mail.tenant_id = $1 and mail.status = 'owed' and mail.due_at <= $3::timestamptz
        and (mail.event = 'opened' or (
              exists (select from alert_mails told where told.tenant_id = $1 and told.alert_id = mail.alert_id
                         and told.user_id = mail.user_id and told.event = 'opened' and told.status in ('sent', 'unknown'))
              and not exists (select from alerts back where back.tenant_id = $1 and back.key = alert.key
                                 and (back.resolved_at is null or back.resolved_at > $4::timestamptz))))
      order by mail.due_at, mail.id
      limit ${most}`,
    [tx.tenantId, now, new Date(now.getTime() + gatheringMs), new Date(now.getTime() - gatheringMs)] as never[],
    { prepare: true },
  );
}

function mailOf(mailId: string, rows: readonly Row[]): ClaimedMail {
  const [{ address, name, locale, timezone, tenantName, slug }] = rows as [Row, ...Row[]];
  return { mailId, address, name, locale, timezone, tenant: { name: tenantName, slug }, notices: [...rows] };
}

async function markSending(tx: TenantTx, mails: readonly ClaimedMail[], now: Date): Promise<void> {
  const pairs = mails.flatMap(({ mailId, notices }) => notices.map(({ id }) => ({ id, mailId })));
  if (pairs.length === 0) return;
  await tx.raw.unsafe(
    `update alert_mails mail set status = 'sending', claimed_at = $2::timestamptz, attempts = attempts + 1, mail_id = taken.mail_id
       from unnest($3::text[]::uuid[], $4::text[]::uuid[]) taken (id, mail_id)
      where mail.tenant_id = $1 and mail.id = taken.id`,
    [tx.tenantId, now, pairs.map(({ id }) => id), pairs.map(({ mailId }) => mailId)] as never[],
    { prepare: true },
  );
}
