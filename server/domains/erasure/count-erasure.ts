import { eq } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Person } from "./person.ts";
import { gatherPerson } from "./person.ts";
import type { ErasureInput } from "./schemas.ts";

export interface ErasureCount {
  conversations: number;
  messages: number;
  calls: number;
  tickets: number;
  /** Events of the log that lose their contents. */
  events: number;
}

/** What erasing a customer would take away. */
export async function countErasure(ctx: Ctx, { customerId }: ErasureInput) {
  return withTenant(ctx, async (tx) => {
    const { displayName, erasedAt } = customers;
    const [customer] = await tx
      .select({ name: displayName, erasedAt })
      .from(customers)
      .where(eq(customers.id, customerId));
    if (!customer) throw notFound();
    const person = await gatherPerson(tx, customerId);
    return { ...customer, counts: { ...countPerson(person), files: await countFiles(tx, person) } };
  });
}

/** Files of their messages, their calls and notes on their tickets: each look-up by an index of its own. */
async function countFiles(tx: TenantTx, { messageIds, callIds, ticketIds }: Person): Promise<number> {
  const [row] = await tx.raw.unsafe<{ files: number }[]>(
    `select count(*)::int as files from (
       select id from attachments where tenant_id = $1 and message_id = any ($2::uuid[])
       union select id from attachments where tenant_id = $1 and call_id = any ($3::uuid[])
       union select file.id from ticket_events event
               join attachments file on file.tenant_id = $1 and file.ticket_event_id = event.id
              where event.tenant_id = $1 and event.ticket_id = any ($4::uuid[])) theirs`,
    [tx.tenantId, messageIds, callIds, ticketIds] as never[],
  );
  return row!.files;
}

export function countPerson({ conversationIds, messageIds, callIds, ticketIds, logIds }: Person): ErasureCount {
  return {
    conversations: conversationIds.length,
    messages: messageIds.length,
    calls: callIds.length,
    tickets: ticketIds.length,
    events: logIds.length,
  };
}
