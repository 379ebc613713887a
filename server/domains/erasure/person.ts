import { sql } from "drizzle-orm";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";

/** Everything of a customer that is to be erased, by its ids. */
export interface Person {
  customerId: string;
  conversationIds: string[];
  messageIds: string[];
  callIds: string[];
  ticketIds: string[];
  /** Events of the log: about them, their messages and calls, or from one of their addresses and nobody else's. */
  logIds: string[];
  /** Phones, mail addresses and providers' ids that they go by, in every spelling that was kept. */
  identifiers: string[];
}

/** Gathers what there is of a customer. Messages of others in their threads are part of it; theirs in others' threads, too. */
export async function gatherPerson(tx: TenantTx, customerId: string): Promise<Person> {
  const own = { tenant: tx.tenantId, customer: customerId };
  const conversationIds = await idsOf(
    tx,
    "select id from conversations where tenant_id = $1 and customer_id = $2",
    own,
  );
  const [messageIds, callIds, ticketIds, identifiers] = await Promise.all([
    idsOf(
      tx,
      `select id from messages where tenant_id = $1 and customer_id = $2
       union select id from messages where tenant_id = $1 and conversation_id = any ($3::uuid[])`,
      own,
      conversationIds,
    ),
    idsOf(
      tx,
      `select id from call_logs where tenant_id = $1 and customer_id = $2
       union select id from call_logs where tenant_id = $1 and conversation_id = any ($3::uuid[])`,
      own,
      conversationIds,
    ),
    idsOf(tx, "select id from tickets where tenant_id = $1 and customer_id = $2", own),
    identifiersOf(tx, customerId),
  ]);
  const logIds = await logsOf(tx, { customerId, conversationIds, messageIds, callIds, identifiers });
  return { customerId, conversationIds, messageIds, callIds, ticketIds, logIds, identifiers };
}

async function idsOf(
  tx: TenantTx,
  statement: string,
  { tenant, customer }: { tenant: string; customer: string },
  ...more: string[][]
): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ id: string }[]>(statement, [tenant, customer, ...more] as never[]);
  return rows.map((row) => row.id);
}

/** A number that several people share says nothing of one of them. */
async function identifiersOf(tx: TenantTx, customerId: string): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ value: string }[]>(
    `select distinct value from (
       select unnest(array[value, ltrim(value, '+'), raw]) as value from customer_identities where tenant_id = $1 and customer_id = $2 and not shared
       union select unnest(array[address_value, ltrim(address_value, '+')]) from conversations
              where tenant_id = $1 and customer_id = $2
                and not exists (select from customer_identities shared where shared.tenant_id = $1 and shared.value = address_value and shared.shared)
     ) known where length(value) >= 3`,
    [tx.tenantId, customerId],
  );
  return rows.map((row) => row.value);
}

type Known = Omit<Person, "ticketIds" | "logIds">;

/** What is not erased yet; each look-up by an index of its own. What somebody else was recognised in is theirs. */
async function logsOf(tx: TenantTx, { customerId, messageIds, callIds, identifiers }: Known): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ id: string }[]>(
    `with told as (
       select external_id as id from messages where tenant_id = $1 and id = any ($3::uuid[]) and external_id is not null
       union select external_id from call_logs where tenant_id = $1 and id = any ($4::uuid[]))
     select id from webhook_logs where tenant_id = $1 and customer_id = $2 and erased_at is null
     union select id from webhook_logs
            where tenant_id = $1 and external_message_id in (select id from told) and erased_at is null
     union select id from webhook_logs
            where tenant_id = $1 and customer_identifier = any ($5::text[]) and (customer_id is null or customer_id = $2)
              and erased_at is null`,
    [tx.tenantId, customerId, messageIds, callIds, identifiers] as never[],
  );
  return rows.map((row) => row.id);
}

/** What erased people are called in lists and threads: nobody's name, in the business's language. */
export async function namelessIn(tx: TenantTx): Promise<{ customer: string; ticket: string }> {
  const [tenant] = await tx
    .select({ locale: tenants.locale })
    .from(tenants)
    .where(sql`id = ${tx.tenantId}`);
  return tenant?.locale === "en"
    ? { customer: "Erased customer", ticket: "Request of an erased customer" }
    : { customer: "Client effacé", ticket: "Demande d’un client effacé" };
}
