import type { TenantTx } from "#db/tenant.ts";
import type { Person } from "./person.ts";
import { namelessIn } from "./person.ts";

/**
 * The customer's own record: who they are goes, with notes, tags, consents and every address. Since when they
 * were known, how often they wrote and what they ordered stays, of nobody.
 */
export async function eraseRecord(tx: TenantTx, { customerId, identifiers }: Person, now: Date): Promise<void> {
  const run = (statement: string, ...values: unknown[]) =>
    tx.raw.unsafe(statement, [tx.tenantId, customerId, ...values] as never[]);
  for (const table of [
    "customer_notes",
    "customer_tags",
    "customer_identities",
    "customer_communication_preferences",
  ]) {
    await run(`delete from ${table} where tenant_id = $1 and customer_id = $2`);
  }
  // Whatever is left of their threads, nobody is written to.
  await run(
    `insert into customer_communication_preferences
       (tenant_id, customer_id, email_enabled, sms_enabled, whatsapp_enabled, phone_enabled, instagram_enabled, marketing_consent)
     values ($1, $2, false, false, false, false, false, false)
     on conflict (tenant_id, customer_id) do update set
       email_enabled = false, sms_enabled = false, whatsapp_enabled = false, phone_enabled = false, instagram_enabled = false,
       marketing_consent = false, marketing_consent_at = null`,
  );
  await run(
    "update customer_activities set description = '', metadata = '{}' where tenant_id = $1 and customer_id = $2",
  );
  const { customer } = await namelessIn(tx);
  await run(
    `update customers set display_name = $3, first_name = null, last_name = null, email = null, phone = null, avatar_url = null,
            address = null, city = null, postal_code = null, preferred_channel = null, preferred_contact_method = null,
            metadata = '{}', status = 'inactive', erased_at = coalesce(erased_at, $4), updated_at = $4
      where tenant_id = $1 and id = $2`,
    customer,
    now,
  );
  // Nobody finds them by a search any more, and nobody's saved search or replay names them.
  await run("delete from customer_search where tenant_id = $1 and customer_id = $2");
  for (const [table, column] of [
    ["saved_views", "query"],
    ["webhook_replays", "filter"],
    ["ticket_bulk_changes", "filter"],
  ] as const) {
    await tx.raw.unsafe(
      `update ${table} set ${column} = ${column} - 'search' - 'text' - 'q'
        where tenant_id = $1 and exists (select from unnest($2::text[]) one where strpos(${column}::text, one) > 0)`,
      [tx.tenantId, identifiers] as never[],
    );
  }
  await run("select door.erase_audit($2) where $1::uuid is not null");
}
