import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { Identity } from "./group-people.ts";

/**
 * Gives customers identities that a provider told us. One that somebody else holds stays theirs;
 * for new customers that is a lost race against a member who typed it in, and a `conflict`: trying
 * again finds that customer. The first of its kind is the primary one.
 */
export async function addIdentities(
  ctx: Ctx,
  learnt: readonly { customerId: string; identities: readonly Identity[] }[],
  { newCustomers = false } = {},
): Promise<void> {
  const rows = learnt.flatMap(({ customerId, identities }) =>
    identities.map(({ kind, value, raw }, at) => ({
      id: newId(),
      customer_id: customerId,
      kind,
      value,
      raw,
      is_primary: newCustomers && identities.findIndex((one) => one.kind === kind) === at,
    })),
  );
  if (rows.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const written = await tx.execute(sql`
      insert into customer_identities (tenant_id, id, customer_id, kind, value, raw, is_primary, source, created_at)
      select ${ctx.tenantId}::uuid, id, customer_id, kind, value, raw, is_primary, 'channel', ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as learnt (id uuid, customer_id uuid, kind text, value text, raw text, is_primary boolean)
      on conflict (tenant_id, kind, value) where not shared do nothing
      returning id`);
    if (newCustomers && written.length < rows.length) throw new DomainError("conflict", "identity_taken");
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "customers",
        learnt.map((one) => one.customerId),
      ),
    );
  });
}
