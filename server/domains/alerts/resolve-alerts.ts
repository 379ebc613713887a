import { and, inArray, isNull } from "drizzle-orm";
import { alerts } from "#db/schema/alerts.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { alertKey } from "./open-alert.ts";
import { oweRecovered } from "./owe-mails.ts";
import type { AlertKind } from "./schemas.ts";

export interface AlertsToResolve {
  kinds: readonly AlertKind[];
  /** Null among them: what is of no channel alone. */
  channelIds: readonly (string | null)[];
  /** The channel itself was put away: nobody is written to that it works again. */
  silently?: boolean;
}

/** What these alerts warned of is over. Says nothing where none is open. */
export async function resolveAlerts(ctx: Ctx, { kinds, channelIds, silently = false }: AlertsToResolve): Promise<void> {
  const keys = channelIds.flatMap((channelId) => kinds.map((kind) => alertKey(kind, channelId)));
  if (keys.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const resolved = await tx
      .update(alerts)
      .set({ resolvedAt: ctx.clock.now() })
      .where(and(inArray(alerts.key, keys), isNull(alerts.resolvedAt)))
      .returning({ id: alerts.id });
    if (resolved.length === 0) return;
    const ids = resolved.map(({ id }) => id);
    if (!silently) await oweRecovered({ ...ctx, tx }, ids);
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "alerts",
        channelIds.flatMap((id) => id ?? []),
      ),
    );
  });
}
