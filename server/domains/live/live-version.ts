import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";

/** Each is one look at the end of an index, or at the few alerts that are open; together they move whenever something that pages show is written. */
const ends = [
  "(select id::text from messages where tenant_id = $1 order by id desc limit 1)",
  "(select id::text from message_events where tenant_id = $1 order by id desc limit 1)",
  "(select id::text from webhook_logs where tenant_id = $1 order by id desc limit 1)",
  "(select id::text from audit_log where tenant_id = $1 order by id desc limit 1)",
  "(select id::text from customers where tenant_id = $1 order by id desc limit 1)",
  "(select string_agg(id::text, ',' order by id) from alerts where tenant_id = $1 and resolved_at is null)",
  "(select updated_at::text from tickets where tenant_id = $1 order by updated_at desc limit 1)",
];
const statement = `select concat_ws('|', ${ends.join(", ")}) as ends`;

/** A short text that changes when the tenant's data did: how a browser notices that a notice was lost. */
export async function liveVersion(ctx: Ctx): Promise<string> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<{ ends: string }[]>(statement, [ctx.tenantId], { prepare: true });
    return digest(row?.ends ?? "").slice(0, 16);
  });
}
