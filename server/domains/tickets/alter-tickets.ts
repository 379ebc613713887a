import { and, asc, eq, sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId, ruleMark } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { announceTickets } from "#server/domains/automation/index.ts";
import { readSlaSettings } from "#server/domains/sla/index.ts";
import type { Resolution } from "#server/domains/surveys/index.ts";
import { planSurveys } from "#server/domains/surveys/index.ts";
import { forgetTicketCounts } from "./count-tickets.ts";
import { requireFields } from "./require-fields.ts";
import { tellMembers } from "./tell-members.ts";
import type { Alteration, Ticket } from "./ticket-changes.ts";
import { isDone } from "./ticket-changes.ts";
import type { Altered } from "./write-alterations.ts";
import { withDeadlines } from "./with-deadlines.ts";
import { writeAlterations } from "./write-alterations.ts";

/**
 * The one way tickets change: rows locked in id order, then changed, with their timeline and audit
 * rows, in one transaction and five statements however many they are, six where something was resolved; watchers hear of it after the
 * commit. All of the ids exist in the tenant, or nothing happens and it is `not_found`. Answers the
 * tickets that did change, as they were, with what was done to them.
 */
export async function alterTickets(
  ctx: Ctx,
  ids: readonly string[],
  decide: (ticket: Ticket) => Alteration | null,
): Promise<Altered[]> {
  return withTenant(ctx, async (tx) => {
    const wanted = [...new Set(ids)];
    const found = await tx
      .select()
      .from(tickets)
      .where(and(eq(tickets.tenantId, ctx.tenantId), sql`${tickets.id} = any(${sql.param(wanted)}::uuid[])`))
      .orderBy(asc(tickets.id))
      .for("update");
    if (found.length !== wanted.length) throw notFound();
    const altered = found.flatMap((ticket) => {
      const alteration = decide(ticket);
      return alteration ? [{ ticket, alteration }] : [];
    });
    if (altered.length === 0) return [];
    await requireFields(tx, altered);
    const at = ctx.clock.now();
    const settings = await readSlaSettings(tx);
    const written = altered.map((one) => withDeadlines(settings, one, at));
    await writeAlterations(tx, written, at);
    await recordTicketEvents(
      ctx,
      tx,
      altered.flatMap(({ ticket, alteration }) => alteration.events.map((event) => ({ ticket, ...event }))),
    );
    await planSurveys({ ...ctx, tx }, altered.flatMap(resolutionIn));
    return altered;
  });
}

/** What was resolved now, for somebody who may be asked about it; a large bulk change is no answer to anybody. */
function resolutionIn({ ticket, alteration: { set, events } }: Altered): Resolution[] {
  const { conversationId } = ticket;
  const resolved = events.some(({ type, data }) => type === "resolved" && data["quiet"] !== true);
  if (!resolved || !conversationId || isDone(ticket.status)) return [];
  const assigneeId = set.assigneeId === undefined ? ticket.assigneeId : set.assigneeId;
  return [{ conversationId, ticketId: ticket.id, assigneeId }];
}

export interface TicketEvent {
  /** Where the caller has to know it. */
  id?: string;
  ticket: { id: string; number: number };
  type: string;
  data: Record<string, unknown>;
}

/** Timeline and audit rows of changes made in this transaction, the word to watchers, and what rules wait for. */
export async function recordTicketEvents(ctx: Ctx, tx: TenantTx, events: readonly TicketEvent[]): Promise<void> {
  if (events.length === 0) return;
  const mark = ruleMark(ctx);
  const rows = events.map(({ id = newId(), ticket, type, data }) => ({
    id,
    ticket_id: ticket.id,
    type,
    data: { ...data, ...mark },
  }));
  await tx.raw.unsafe(
    `insert into ticket_events (tenant_id, id, ticket_id, type, actor_type, actor_id, data, created_at)
     select $1, line.id, line.ticket_id, line.type, $2, $3::uuid, line.data, $4::timestamptz
       from jsonb_to_recordset($5::text::jsonb) as line (id uuid, ticket_id uuid, type text, data jsonb)`,
    [ctx.tenantId, ctx.actor.type, memberId(ctx), ctx.clock.now(), jsonRows(rows)] as never[],
    { prepare: true },
  );
  await recordAudit(
    { ...ctx, tx },
    ...events.map((event) => ({
      action: `ticket.${event.type}`,
      entityType: "ticket",
      entityId: event.ticket.id,
      data: { number: event.ticket.number, ...(event.type === "note" ? {} : event.data), ...mark },
    })),
  );
  await tellMembers(ctx, tx, events);
  await announceTickets({ ...ctx, tx }, events);
  const ids = [...new Set(events.map((event) => event.ticket.id))];
  tx.afterCommit(() => {
    forgetTicketCounts(ctx.tenantId);
    publish(ctx.tenantId, "tickets", ids);
  });
}
