import { newId } from "#server/core/ids.ts";
import { customerActivities } from "../schema/customers.ts";
import { auditLog, tenantCounters } from "../schema/tenants.ts";
import { ticketEvents, tickets } from "../schema/tickets.ts";
import type { TenantTx } from "../tenant.ts";
import type { PlannedThread } from "./plan-threads.ts";
import type { DemoBusiness, DemoTicket } from "./shape.ts";
import type { SeededCustomer } from "./write-customers.ts";
import { valuesOf, writeTicketForm, type SeededForm } from "./write-ticket-form.ts";
import { writePromises } from "./write-promises.ts";
import type { SeededBusiness } from "./write-business.ts";

interface Opened {
  ticket: DemoTicket;
  thread: PlannedThread | null;
  customerId: string | null;
  at: Date;
}

const hour = 3_600_000;

/** Tickets numbered in the order they were opened, each with the timeline that led to its status. */
export async function writeTickets(
  tx: TenantTx,
  business: DemoBusiness,
  seeded: SeededBusiness,
  threads: PlannedThread[],
  customers: ReadonlyMap<string, SeededCustomer>,
  now: Date,
): Promise<void> {
  const form = await writeTicketForm(tx, business.ticketForm);
  const opened: Opened[] = [
    ...threads.flatMap((thread) =>
      thread.script.ticket
        ? [
            {
              ticket: thread.script.ticket,
              thread,
              customerId: thread.customerId,
              at: new Date(thread.startedAt.getTime() + 90_000),
            },
          ]
        : [],
    ),
    ...business.tickets.map((ticket) => ({
      ticket,
      thread: null,
      customerId: ticket.customer ? (customers.get(ticket.customer)?.id ?? null) : null,
      at: new Date(now.getTime() - (ticket.hoursAgo ?? 1) * hour),
    })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const promised = await writePromises(tx, business.promises, now);
  const rows = opened
    .map((item, index) => ticketRow(tx.tenantId, item, index + 1, { seeded, form, now }))
    .map((row) => ({ ...row, ...promised(row, now) }));
  await tx.insert(tickets).values(rows);
  await tx.insert(tenantCounters).values({ tenantId: tx.tenantId, name: "tickets", value: rows.length });
  const events = rows.flatMap((row) => eventsOf(row));
  await tx.insert(ticketEvents).values(events);
  await tx.insert(auditLog).values(
    events.map((event) => ({
      tenantId: tx.tenantId,
      id: newId(event.createdAt.getTime()),
      actorType: event.actorType,
      actorId: event.actorId,
      action: `ticket.${event.type}`,
      entityType: "ticket",
      entityId: event.ticketId,
      data: event.data,
      createdAt: event.createdAt,
    })),
  );
  await tx.insert(customerActivities).values(
    rows.flatMap((row) =>
      row.customerId
        ? [
            {
              tenantId: tx.tenantId,
              id: newId(row.createdAt.getTime()),
              customerId: row.customerId,
              type: "ticket" as const,
              channel: row.channelType,
              description: row.subject,
              conversationId: row.conversationId,
              ticketId: row.id,
              metadata: { number: row.number },
              createdBy: row.createdBy,
              occurredAt: row.createdAt,
              createdAt: row.createdAt,
            },
          ]
        : [],
    ),
  );
}

/** The day that a member set for work that no customer waits for. */
const dueIn = { urgent: 2 * hour, high: 6 * hour, medium: 26 * hour, low: 0 } as const;

type TicketRow = ReturnType<typeof ticketRow>;

function ticketRow(
  tenantId: string,
  { ticket, thread, customerId, at }: Opened,
  number: number,
  { seeded, form, now }: { seeded: SeededBusiness; form: SeededForm; now: Date },
) {
  const assigneeId = ticket.assignee ? (seeded.memberIds.get(ticket.assignee) ?? null) : null;
  const done = ticket.status === "resolved" || ticket.status === "closed";
  const lastAt = thread ? thread.endedAt : new Date(Math.min(at.getTime() + 5 * hour, now.getTime() - 10 * 60_000));
  const resolvedAt = done ? new Date(lastAt.getTime() + 2 * 60_000) : null;
  const closedAt = ticket.status === "closed" && resolvedAt ? new Date(resolvedAt.getTime() + 20 * 60_000) : null;
  const words = thread?.messages.findLast((line) => line.direction === "in");
  const answer = thread?.messages.find((line) => line.direction === "out" && line.at > at);
  return {
    tenantId,
    id: newId(at.getTime()),
    number,
    subject: ticket.subject,
    description: ticket.description ?? "",
    categoryId: form.categories.get(ticket.category) ?? null,
    fields: valuesOf(ticket, form),
    priority: ticket.priority,
    status: ticket.status,
    assigneeId,
    assignedAt: assigneeId ? new Date(at.getTime() + 4 * 60_000) : null,
    customerId,
    conversationId: thread?.id ?? null,
    channelType: thread?.channel.channelType ?? null,
    source: ticket.source ?? ("manual" as const),
    preview: words?.text.slice(0, 200) ?? null,
    resolutionNotes: ticket.notes ?? null,
    dueAt:
      done || thread || ticket.priority === "low"
        ? null
        : new Date(now.getTime() + dueIn[ticket.priority] + number * 7 * 60_000),
    firstResponseAt: answer?.at ?? null,
    resolvedAt,
    resolvedBy: done ? assigneeId : null,
    closedAt,
    createdBy: assigneeId,
    createdAt: at,
    updatedAt: closedAt ?? resolvedAt ?? lastAt,
  };
}

function eventsOf(row: TicketRow) {
  const event = (type: string, createdAt: Date, data: Record<string, unknown>) => ({
    tenantId: row.tenantId,
    id: newId(createdAt.getTime()),
    ticketId: row.id,
    type,
    actorType: row.createdBy ? "member" : "system",
    actorId: row.createdBy,
    data,
    createdAt,
  });
  const before = row.status === "open" ? "open" : "in_progress";
  return [
    event("opened", row.createdAt, { source: row.source, subject: row.subject }),
    ...(row.assigneeId && row.assignedAt
      ? [event("assignee", row.assignedAt, { from: null, to: row.assigneeId })]
      : []),
    ...(before === "in_progress"
      ? [event("status", new Date(row.createdAt.getTime() + 6 * 60_000), { from: "open", to: "in_progress" })]
      : []),
    ...(row.status === "waiting_customer"
      ? [event("status", row.updatedAt, { from: "in_progress", to: "waiting_customer" })]
      : []),
    ...(row.resolvedAt
      ? [
          event("resolved", row.resolvedAt, {
            from: "in_progress",
            ...(row.resolutionNotes ? { notes: row.resolutionNotes } : {}),
          }),
        ]
      : []),
    ...(row.closedAt ? [event("closed", row.closedAt, { from: "resolved" })] : []),
  ];
}
