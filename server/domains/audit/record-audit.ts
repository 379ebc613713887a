import { jsonRows } from "#db/json-rows.ts";
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

/**
 * Writes who did what; inside the caller's transaction, so that change and trace commit together. One
 * statement of one shape, for one entry as for five hundred.
 */
export async function recordAudit(ctx: Ctx, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ action, entityType, entityId, data = {} }) => ({
    id: newId(),
    action,
    entity_type: entityType,
    entity_id: entityId,
    data,
  }));
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      `insert into audit_log (tenant_id, id, actor_type, actor_id, action, entity_type, entity_id, data, created_at)
       select $1, entry.id, $2, $3::uuid, entry.action, entry.entity_type, entry.entity_id, entry.data, $4::timestamptz
         from jsonb_to_recordset($5::text::jsonb)
                as entry (id uuid, action text, entity_type text, entity_id text, data jsonb)`,
      [ctx.tenantId, ctx.actor.type, memberId(ctx), ctx.clock.now(), jsonRows(rows)] as never[],
      { prepare: true },
    ),
  );
}
