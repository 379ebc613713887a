import type { TenantTx } from "#db/tenant.ts";
import { notFound } from "#server/core/errors.ts";

/** Where it came from is of this tenant, or `not_found`. */
export async function requireLinks(
  tx: TenantTx,
  {
    conversationId = null,
    callId = null,
  }: { conversationId?: string | undefined | null; callId?: string | undefined | null },
): Promise<void> {
  if (!conversationId && !callId) return;
  const [found] = await tx.raw.unsafe<{ all: boolean }[]>(
    `select ($2::uuid is null or exists (select from conversations where tenant_id = $1 and id = $2::uuid))
        and ($3::uuid is null or exists (select from call_logs where tenant_id = $1 and id = $3::uuid)) as all`,
    [tx.tenantId, conversationId, callId] as never[],
    { prepare: true },
  );
  if (!found?.all) throw notFound();
}
