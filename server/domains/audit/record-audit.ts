import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";

export interface AuditEntry {
  /** `<entity>.<verb>`, such as `ticket.resolve`. */
  action: string;
  entityType: string;
  entityId: string | null;
  /** What changed, never secrets. */
  data?: Record<string, unknown>;
}

/** Writes who did what; inside the caller's transaction, so that change and trace commit together. */
export async function recordAudit(ctx: Ctx, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await withTenant(ctx, (tx) =>
    tx.insert(auditLog).values(
      entries.map((entry) => ({
        tenantId: ctx.tenantId,
        id: newId(),
        actorType: ctx.actor.type,
        actorId: memberId(ctx),
        action: entry.action,
        entityType: entry.entityType,
        entityId: entry.entityId,
        data: entry.data ?? {},
        createdAt: ctx.clock.now(),
      })),
    ),
  );
}
