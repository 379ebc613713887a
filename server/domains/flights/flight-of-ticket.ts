import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Flight, FlightStep } from "./flight-step.ts";
import { inOrder } from "./flight-step.ts";
import { stepsOfLog } from "./steps-of-log.ts";

interface TicketFacts {
  id: string;
  number: number;
  conversationId: string | null;
  customerId: string | null;
  customerName: string | null;
  createdAt: Date;
}

/** The way of one ticket: the event that opened it, where one did, and everything that was done to it. */
export async function flightOfTicket(ctx: Ctx, id: string): Promise<Flight> {
  return withTenant(ctx, async (tx) => {
    const [ticket] = await tx.raw.unsafe<TicketFacts[]>(
      `select id, number::int, conversation_id as "conversationId", customer_id as "customerId",
              ${customerNameOf("customer_id")} as "customerName", created_at as "createdAt"
         from tickets where tenant_id = $1 and id = $2`,
      [tx.tenantId, id],
      { prepare: true },
    );
    if (!ticket) throw notFound();
    const [opening, changes] = await Promise.all([findOpening(tx, ticket), changesOf(tx, id)]);
    const { number: ticketNumber, conversationId, customerName } = ticket;
    const subject = {
      kind: "ticket",
      id,
      conversationId,
      ticketNumber,
      direction: null,
      customerName,
      channelName: null,
    } as const;
    return { subject, steps: inOrder([...(await stepsOfLog(ctx, tx, opening)), ...changes]) };
  });
}

/** Looked for among the customer's events of that moment: the index by ticket would cost every event. */
async function findOpening(tx: TenantTx, { id, customerId, createdAt }: TicketFacts): Promise<string | null> {
  if (!customerId) return null;
  const [log] = await tx.raw.unsafe<{ id: string }[]>(
    `select id from webhook_logs
      where tenant_id = $1 and customer_id = $2 and ticket_id = $3 and received_at <= $4
      order by id desc limit 1`,
    [tx.tenantId, customerId, id, createdAt] as never[],
    { prepare: true },
  );
  return log?.id ?? null;
}

async function changesOf(tx: TenantTx, ticketId: string): Promise<FlightStep[]> {
  const rows = await tx.raw.unsafe<{ type: string; name: string | null; at: Date }[]>(
    `select type, ${memberNameOf("actor_id")} as name, created_at as at from ticket_events
      where tenant_id = $1 and ticket_id = $2 order by id limit 200`,
    [tx.tenantId, ticketId],
    { prepare: true },
  );
  return rows.map(({ type, name, at }) => ({ at, kind: "ticket_change", state: "ok", facts: { type, name } }));
}
