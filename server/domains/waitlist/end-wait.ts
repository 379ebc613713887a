import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";

/** Ends a wait whose last day has passed; one that ended otherwise, got later days, or has an offer open stays as it is. */
export async function endWait(ctx: Ctx, entryId: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [ended] = await tx.raw.unsafe<{ until: Date }[]>(
      `update waitlist_entries entry set status = 'over', updated_at = $3::timestamptz
        where tenant_id = $1 and id = $2::uuid and status = 'waiting' and until_at <= $3::timestamptz
          and not exists (select from waitlist_offers offer where offer.tenant_id = $1 and offer.entry_id = entry.id and offer.status = 'open')
       returning until_at as until`,
      [tx.tenantId, entryId, ctx.clock.now()] as never[],
      { prepare: true },
    );
    if (!ended) return;
    await recordAudit(
      { ...ctx, tx },
      { action: "waitlist.end", entityType: "waitlist_entry", entityId: entryId, data: { until: ended.until } },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [entryId]));
  });
}
