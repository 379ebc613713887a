import { memberNameOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { NotificationKind } from "./kinds.ts";
import { isQuiet } from "./quiet.ts";
import type { NotificationSubject } from "./subject.ts";
import { titleSql } from "./subject.ts";

/** One thing that a digest says. */
export interface DigestLine {
  id: string;
  kind: NotificationKind;
  subject: NotificationSubject;
  subjectId: string;
  number: number | null;
  title: string | null;
  actor: string | null;
  times: number;
}

/** What one member is told in one mail. */
export interface ClaimedDigest {
  mailId: string;
  address: string;
  name: string;
  locale: "fr" | "en";
  tenant: { name: string; slug: string };
  lines: DigestLine[];
}

interface Row extends DigestLine {
  userId: string;
  due: boolean;
  address: string;
  name: string;
  locale: "fr" | "en";
  timeZone: string;
  quietFrom: string | null;
  quietUntil: string | null;
  mutedUntil: Date | null;
  tenantName: string;
  slug: string;
}

/** Looked at in one go; the rest comes with the next turn. */
const most = 500;

/**
 * Takes the digests that are due: what a member was told and did not see for a while, with whatever else they did not see.
 * From here on nobody else sends it. What was seen meanwhile needs no mail; who rests gets theirs afterwards.
 */
export async function claimDigests(ctx: Ctx): Promise<ClaimedDigest[]> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const [turn] = await tx.raw.unsafe<{ mine: boolean }[]>(
      "select pg_try_advisory_xact_lock(hashtextextended('notification_mails ' || $1::text, 0)) as mine",
      [ctx.tenantId],
      { prepare: true },
    );
    if (!turn?.mine) return [];
    await tidy(tx, now);
    const owed = await tx.raw.unsafe<Row[]>(statement, [ctx.tenantId, now] as never[], { prepare: true });
    const digests = [...Map.groupBy(owed, (row) => row.userId).values()]
      .filter((rows) => rows.some(({ due }) => due) && !isQuiet(rows[0]!, now))
      .map(digestOf);
    await markSending(tx, digests, now);
    return digests;
  });
}

/** Seen, or of somebody who left or wants none any more: not worth a mail. A sender that died may have sent. */
async function tidy(tx: TenantTx, now: Date): Promise<void> {
  await tx.raw.unsafe(
    `update notifications one set mail = case when one.mail = 'sending' then 'unknown' else 'dropped' end
      where one.tenant_id = $1
        and ((one.mail = 'sending' and one.mail_claimed_at < $2::timestamptz - interval '10 minutes')
          or (one.mail = 'owed' and (one.seen_at is not null or not exists (
                select from memberships member where member.tenant_id = $1 and member.user_id = one.user_id and member.status = 'active')
              or exists (select from notification_choices chosen where chosen.tenant_id = $1 and chosen.user_id = one.user_id
                            and chosen.kind = one.kind and not chosen.mail))))`,
    [tx.tenantId, now] as never[],
    { prepare: true },
  );
}

const statement = `
  select one.id, one.user_id as "userId", one.kind, one.subject, one.subject_id as "subjectId", one.times,
         one.mail_due_at <= $2::timestamptz as due, ${memberNameOf("one.actor_id")} as actor, ticket.number,
         ${titleSql} as title,
         member.email as address, profile.display_name as name, coalesce(profile.locale, tenant.locale) as locale,
         coalesce(profile.timezone, tenant.timezone) as "timeZone", profile.quiet_from as "quietFrom",
         profile.quiet_until as "quietUntil", profile.muted_until as "mutedUntil", tenant.name as "tenantName", tenant.slug
    from notifications one
    join memberships member on member.tenant_id = $1 and member.user_id = one.user_id
    join user_profiles profile on profile.tenant_id = $1 and profile.user_id = one.user_id
    join tenants tenant on tenant.id = $1
    left join lateral (
      select number, subject from tickets where tenant_id = $1 and id = one.subject_id and one.subject = 'ticket' limit 1) ticket on true
   where one.tenant_id = $1 and one.mail = 'owed'
   order by one.happened_at, one.id
   limit ${most}`;

function digestOf(rows: readonly Row[]): ClaimedDigest {
  const [{ address, name, locale, tenantName, slug }] = rows as [Row, ...Row[]];
  const lines = rows.map(({ id, kind, subject, subjectId, number, title, actor, times }) => ({
    id,
    kind,
    subject,
    subjectId,
    number: number === null ? null : Number(number),
    title,
    actor,
    times,
  }));
  return { mailId: newId(), address, name, locale, tenant: { name: tenantName, slug }, lines };
}

async function markSending(tx: TenantTx, digests: readonly ClaimedDigest[], now: Date): Promise<void> {
  for (const { mailId, lines } of digests) {
    await tx.raw.unsafe(
      `update notifications set mail = 'sending', mail_claimed_at = $2::timestamptz, mail_id = $3::uuid
        where tenant_id = $1 and id = any ($4::text[]::uuid[])`,
      [tx.tenantId, now, mailId, lines.map(({ id }) => id)] as never[],
      { prepare: true },
    );
  }
}
