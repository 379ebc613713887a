import { sql } from "drizzle-orm";
import type { alertSeverities } from "#db/schema/alerts.ts";
import { alerts } from "#db/schema/alerts.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { oweOpened } from "./owe-mails.ts";
import type { AlertKind } from "./schemas.ts";

export interface AlertToOpen {
  kind: AlertKind;
  /** Null: of no channel alone. */
  channelId: string | null;
  severity: (typeof alertSeverities)[number];
  /** Facts that the words need. Never secrets. */
  data?: Record<string, unknown>;
}

/** The one open row there may be of a kind and channel. */
export const alertKey = (kind: AlertKind, channelId: string | null) => `${kind}:${channelId ?? "all"}`;

/**
 * Opens the alert, and owes the admins a mail; or brings the open one up to date: how severe it is and what
 * is known, never when it began.
 */
export async function openAlert(ctx: Ctx, { kind, channelId, severity, data = {} }: AlertToOpen): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx, async (tx) => {
    const id = newId();
    const [row] = await tx
      .insert(alerts)
      .values({
        tenantId: ctx.tenantId,
        id,
        kind,
        key: alertKey(kind, channelId),
        severity,
        channelId,
        data,
        openedAt: now,
        lastSeenAt: now,
      })
      .onConflictDoUpdate({
        target: [alerts.tenantId, alerts.key],
        targetWhere: sql`resolved_at is null`,
        set: { severity, data, lastSeenAt: now },
      })
      .returning({ id: alerts.id });
    if (row?.id === id) await oweOpened({ ...ctx, tx }, id);
    tx.afterCommit(() => publish(ctx.tenantId, "alerts", channelId ? [channelId] : []));
  });
}
