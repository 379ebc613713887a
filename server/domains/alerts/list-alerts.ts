import { and, desc, eq, isNull } from "drizzle-orm";
import { alerts } from "#db/schema/alerts.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export interface Alert {
  id: string;
  kind: string;
  severity: "warning" | "critical";
  channelId: string | null;
  channelName: string | null;
  data: Record<string, unknown>;
  openedAt: Date;
}

/** At most one of each kind per channel is open: few, unless a tenant has hundreds of failing channels. */
const most = 100;

/** What is wrong now, the latest first. */
export async function listAlerts(ctx: Ctx): Promise<Alert[]> {
  return withTenant(ctx, (tx) =>
    tx
      .select({
        id: alerts.id,
        kind: alerts.kind,
        severity: alerts.severity,
        channelId: alerts.channelId,
        channelName: channelConfigurations.name,
        data: alerts.data,
        openedAt: alerts.openedAt,
      })
      .from(alerts)
      .leftJoin(
        channelConfigurations,
        and(eq(channelConfigurations.tenantId, alerts.tenantId), eq(channelConfigurations.id, alerts.channelId)),
      )
      .where(isNull(alerts.resolvedAt))
      .orderBy(desc(alerts.openedAt), desc(alerts.id))
      .limit(most),
  );
}
