import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** "Sophie Martin" → Sophie, Martin. A single word is a first name. */
export function splitName(name: string | null): { first_name: string | null; last_name: string | null } {
  const [first = "", ...rest] = (name ?? "").trim().split(/\s+/);
  return { first_name: first.slice(0, 100) || null, last_name: rest.join(" ").slice(0, 100) || null };
}

/** Names customers who had none: their number stood in for it. A name that somebody gave is never replaced. */
export async function nameCustomers(ctx: Ctx, named: readonly { customerId: string; name: string }[]): Promise<void> {
  if (named.length === 0) return;
  const rows = named.map(({ customerId, name }) => ({
    id: customerId,
    display_name: name.trim().slice(0, 200),
    ...splitName(name),
  }));
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      update customers customer
         set display_name = named.display_name, first_name = named.first_name, last_name = named.last_name,
             updated_at = ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as named (id uuid, display_name text, first_name text, last_name text)
       where customer.id = named.id and customer.first_name is null and customer.last_name is null
         and exists (select from customer_identities identity
                      where identity.tenant_id = customer.tenant_id and identity.customer_id = customer.id
                        and identity.value = customer.display_name)`),
  );
}
