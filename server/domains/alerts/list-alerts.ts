import type { SQL } from "drizzle-orm";
import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alertMails, alerts } from "#db/schema/alerts.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { fixPathOf } from "./fix-path.ts";
import type { AlertHistoryInput, AlertKind } from "./schemas.ts";

export interface Alert {
  id: string;
  kind: AlertKind;
  severity: "warning" | "critical";
  channelId: string | null;
  channelName: string | null;
  data: Record<string, unknown>;
  openedAt: Date;
  /** When what it warns of was last found so. */
  lastSeenAt: Date;
  resolvedAt: Date | null;
  /** When members were written to; null where nobody was (yet). */
  mailedAt: Date | null;
  /** What a mail server said to a mail that it did not take. */
  mailError: string | null;
  /** Where it is looked at and mended, below the tenant's address. */
  fixPath: string;
}

/** At most one of each kind per channel is open: few, unless a tenant has hundreds of failing channels. */
const most = 100;
const pageLength = 30;

/** What is wrong now, the latest first. */
export async function listAlerts(ctx: Ctx): Promise<Alert[]> {
  return readAlerts(ctx, isNull(alerts.resolvedAt), most);
}

/** What was wrong and is over, the latest first; `next`: where the next page begins. */
export async function listPastAlerts(
  ctx: Ctx,
  { after }: AlertHistoryInput,
): Promise<{ rows: Alert[]; next: string | null }> {
  return withTenant(ctx, async (tx) => {
    const [last] = after ? await tx.select({ openedAt: alerts.openedAt }).from(alerts).where(eq(alerts.id, after)) : [];
    if (after && !last) throw notFound();
    const beyond =
      after && last
        ? sql`(${alerts.openedAt}, ${alerts.id}) < (${last.openedAt.toISOString()}::timestamptz, ${after}::uuid)`
        : undefined;
    const found = await readAlerts({ ...ctx, tx }, and(isNotNull(alerts.resolvedAt), beyond), pageLength + 1);
    const rows = found.slice(0, pageLength);
    return { rows, next: found.length > pageLength ? rows.at(-1)!.id : null };
  });
}

async function readAlerts(ctx: Ctx, which: SQL | undefined, limit: number): Promise<Alert[]> {
  const ofMail = (column: SQL) =>
    sql`(select max(${column}) from ${alertMails} mail where mail.tenant_id = ${alerts.tenantId} and mail.alert_id = ${alerts.id} and mail.event = 'opened')`;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({
        id: alerts.id,
        kind: sql<AlertKind>`${alerts.kind}`,
        severity: alerts.severity,
        channelId: alerts.channelId,
        channelName: channelConfigurations.name,
        data: alerts.data,
        openedAt: alerts.openedAt,
        lastSeenAt: alerts.lastSeenAt,
        resolvedAt: alerts.resolvedAt,
        mailedAt: sql<Date | null>`${ofMail(sql`mail.sent_at`)}`.mapWith(alertMails.sentAt),
        mailError: sql<string | null>`${ofMail(sql`mail.error`)}`,
      })
      .from(alerts)
      .leftJoin(
        channelConfigurations,
        and(eq(channelConfigurations.tenantId, alerts.tenantId), eq(channelConfigurations.id, alerts.channelId)),
      )
      .where(and(eq(alerts.tenantId, ctx.tenantId), which))
      .orderBy(desc(alerts.openedAt), desc(alerts.id))
      .limit(limit),
  );
  return rows.map((row) => ({ ...row, fixPath: fixPathOf(row) }));
}
