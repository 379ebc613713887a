import { publish } from "#db/live.ts";
import { prospectEvents } from "#db/schema/prospects.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { ProspectEventType } from "./schemas.ts";

/** Something that became of a prospect. `data` never holds a customer's words. */
export interface Happening {
  type: ProspectEventType;
  reason?: string;
  data?: Record<string, unknown>;
}

/** Writes what became of a prospect: its history and the audit; watchers hear after the commit. */
export async function recordEvents(
  ctx: Ctx,
  { id: prospectId, customerId }: { id: string; customerId: string },
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return;
  const entity = { entityType: "prospect", entityId: prospectId };
  await withTenant(ctx, async (tx) => {
    await Promise.all([
      tx.insert(prospectEvents).values(
        happenings.map(({ type, reason = "", data = {} }) => ({
          tenantId: ctx.tenantId,
          id: newId(),
          prospectId,
          type,
          actorType: ctx.actor.type,
          actorId: memberId(ctx),
          reason,
          data,
          createdAt: ctx.clock.now(),
        })),
      ),
      recordAudit(
        { ...ctx, tx },
        ...happenings.map(({ type, data = {} }) => ({ action: `prospect.${type}`, ...entity, data })),
      ),
    ]);
    tx.afterCommit(() => {
      publish(ctx.tenantId, "prospects", [prospectId]);
      publish(ctx.tenantId, "customers", [customerId]);
    });
  });
}
