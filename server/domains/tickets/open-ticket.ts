import { and, eq, sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customerActivities, customers } from "#db/schema/customers.ts";
import { tenantCounters } from "#db/schema/tenants.ts";
import type { TicketFieldValues } from "#db/schema/tickets.ts";
import { tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { giveWork } from "#server/domains/assignment/index.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import { requireTeam } from "#server/domains/teams/index.ts";
import { readSlaSettings, reckon } from "#server/domains/sla/index.ts";
import {
  readFieldValues,
  readTicketForm,
  requireCategory,
  withFieldValues,
} from "#server/domains/ticket-forms/index.ts";
import { recordTicketEvents } from "./alter-tickets.ts";
import type { OpenTicketInput } from "./schemas.ts";
import { openTicketInput } from "./schemas.ts";
import type { Ticket } from "./ticket-changes.ts";
import { findByNumber, lockTree } from "./ticket-tree.ts";

/** Where a ticket comes from that no form asks for. */
export interface TicketOrigin {
  splitFrom?: Pick<Ticket, "id" | "number" | "categoryId" | "assigneeId">;
}

/**
 * Opens a ticket with the tenant's next number. One from a conversation takes its customer, channel
 * and latest words from there. A customer, conversation or member of elsewhere is `not_found` or a
 * refusal beside its field.
 */
export async function openTicket(
  ctx: Ctx,
  input: OpenTicketInput,
  { splitFrom }: TicketOrigin = {},
): Promise<{ ticketId: string; number: number }> {
  const wanted = openTicketInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const { team, holder, ...link } = await linksOf(ctx, tx, wanted);
    if (wanted.teamId) await requireTeam(tx, wanted.teamId);
    if (wanted.assigneeId) await requireAssignee(ctx, tx, wanted.assigneeId);
    if (wanted.parentNumber) await lockTree(tx);
    const parent = wanted.parentNumber ? await findByNumber(tx, wanted.parentNumber, "parentNumber") : null;
    const asked = await askedFor({ ...ctx, tx }, wanted);
    // What no member opened goes to whoever speaks with the customer.
    const assigneeId = wanted.assigneeId ?? splitFrom?.assigneeId ?? (memberId(ctx) ? null : holder);
    const teamId = wanted.teamId ?? team;
    const at = ctx.clock.now();
    const ticketId = newId();
    const settings = await readSlaSettings(tx);
    const number = await nextNumber(ctx, tx);
    await tx.insert(tickets).values({
      tenantId: ctx.tenantId,
      id: ticketId,
      number,
      subject: wanted.subject,
      description: wanted.description ?? "",
      categoryId: wanted.categoryId ?? splitFrom?.categoryId ?? null,
      fields: asked,
      parentId: parent?.id ?? null,
      splitFromId: splitFrom?.id ?? null,
      priority: wanted.priority ?? "medium",
      source: wanted.source,
      assigneeId,
      assignedAt: assigneeId ? at : null,
      teamId,
      createdBy: memberId(ctx),
      createdAt: at,
      updatedAt: at,
      ...link,
      ...reckon(settings, { ...fresh, ...link, priority: wanted.priority ?? "medium", createdAt: at }, at)?.deadlines,
    });
    await recordTicketEvents(ctx, tx, [
      {
        ticket: { id: ticketId, number },
        type: "opened",
        data: {
          source: wanted.source,
          subject: wanted.subject,
          ...(splitFrom ? { splitFrom: splitFrom.number } : {}),
          ...(parent ? { parent: parent.number } : {}),
        },
      },
      ...(parent ? [{ ticket: parent, type: "child_added", data: { number } }] : []),
    ]);
    if (link.customerId)
      await logOnCustomer(ctx, tx, { ...link, customerId: link.customerId, ticketId, subject: wanted.subject, number });
    if (!assigneeId && (wanted.teamId || !memberId(ctx)))
      await giveWork({ ...ctx, tx }, { ticketIds: teamId ? [ticketId] : [] });
    return { ticketId, number };
  });
}

/** What every ticket begins with. */
const fresh = { status: "open", firstResponseAt: null, slaClocks: null } as const;

/** The category there is, and the values that the business's fields take. Asked only where the form does. */
async function askedFor(ctx: Ctx, { categoryId, fields }: OpenTicketInput): Promise<TicketFieldValues> {
  if (!categoryId && !fields) return {};
  const form = await readTicketForm(ctx);
  if (categoryId) requireCategory(form.categories, categoryId);
  return withFieldValues({}, readFieldValues(form.fields, fields ?? {}));
}

interface Links {
  customerId: string | null;
  conversationId: string | null;
  channelType: string | null;
  preview: string | null;
}

/** What else a ticket has from its conversation: its team, and who has it. */
interface Origin extends Links {
  team: string | null;
  holder: string | null;
}

async function linksOf(ctx: Ctx, tx: TenantTx, wanted: OpenTicketInput): Promise<Origin> {
  const own = {
    customerId: wanted.customerId ?? null,
    conversationId: null,
    channelType: wanted.channelType ?? null,
    preview: null,
    team: null,
    holder: null,
  };
  if (wanted.conversationId) {
    const [conversation] = await tx
      .select({
        customerId: conversations.customerId,
        channelType: conversations.channelType,
        preview: conversations.lastMessagePreview,
        team: conversations.teamId,
        holder: conversations.assigneeId,
      })
      .from(conversations)
      .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, wanted.conversationId)));
    if (!conversation) throw notFound();
    if (wanted.customerId && wanted.customerId !== conversation.customerId)
      await requireCustomer(ctx, tx, wanted.customerId);
    return { ...conversation, conversationId: wanted.conversationId };
  }
  if (wanted.customerId) await requireCustomer(ctx, tx, wanted.customerId);
  return own;
}

async function requireCustomer(ctx: Ctx, tx: TenantTx, customerId: string): Promise<void> {
  const [customer] = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
  if (!customer) throw notFound();
}

/** Taken last: the counter's row stays locked until the commit, and every other opening waits for it. */
async function nextNumber(ctx: Ctx, tx: TenantTx): Promise<number> {
  const [counter] = await tx
    .insert(tenantCounters)
    .values({ tenantId: ctx.tenantId, name: "tickets", value: 1 })
    .onConflictDoUpdate({
      target: [tenantCounters.tenantId, tenantCounters.name],
      set: { value: sql`${tenantCounters.value} + 1` },
    })
    .returning({ value: tenantCounters.value });
  if (!counter) throw new Error("the counter answered nothing");
  return counter.value;
}

async function logOnCustomer(
  ctx: Ctx,
  tx: TenantTx,
  ticket: {
    customerId: string;
    conversationId: string | null;
    channelType: string | null;
    ticketId: string;
    subject: string;
    number: number;
  },
): Promise<void> {
  await tx.insert(customerActivities).values({
    tenantId: ctx.tenantId,
    id: newId(),
    customerId: ticket.customerId,
    type: "ticket",
    channel: ticket.channelType,
    description: ticket.subject,
    conversationId: ticket.conversationId,
    ticketId: ticket.ticketId,
    metadata: { number: ticket.number },
    createdBy: memberId(ctx),
    occurredAt: ctx.clock.now(),
    createdAt: ctx.clock.now(),
  });
  tx.afterCommit(() => publish(ctx.tenantId, "customers", [ticket.customerId]));
}
