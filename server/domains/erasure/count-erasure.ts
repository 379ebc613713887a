import { and, eq, inArray, or, sql } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { customers } from "#db/schema/customers.ts";
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
    const files = await tx.$count(
      attachments,
      and(
        eq(attachments.tenantId, ctx.tenantId),
        or(
          inArray(attachments.messageId, person.messageIds),
          inArray(attachments.callId, person.callIds),
          isOfNote(person),
        ),
      ),
    );
    return { ...customer, counts: { ...countPerson(person), files } };
  });
}

/** Files of notes on their tickets. */
function isOfNote({ ticketIds }: Person) {
  const notes = sql`select id from ticket_events where ticket_id = any(${sql.param(ticketIds)}::uuid[])`;
  return sql`${attachments.ticketEventId} in (${notes})`;
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
