import { and, eq, sql } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import type { MacroActions } from "#db/schema/ticket-forms.ts";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import { tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { findReplyable, isNotSender, isTooLong, replyStateOf } from "#server/domains/conversations/index.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import { fill } from "#server/domains/quick-replies/index.ts";
import { missingFields, readTicketForm, type TicketForm, withFieldValues } from "#server/domains/ticket-forms/index.ts";
import type { Ticket } from "#server/domains/tickets/index.ts";

type Shown = string | number | boolean | null;

/** One change that a macro makes, in values that the page words. Names are of now. */
export interface PlannedChange {
  what: "status" | "priority" | "category" | "assignee" | "field";
  /** Of a field of the business's own. */
  field?: { id: string; name: string; type: string };
  from: Shown;
  to: Shown;
}

/** What a macro would do to a ticket now. */
export interface MacroPlan {
  changes: PlannedChange[];
  note: string | null;
  reply: { text: string; refusal: string | null } | null;
  /** Why it cannot run as it is; each a key of `errors`. */
  problems: string[];
  /** Fields that the ticket lacks and is to be resolved with. */
  missing: string[];
  /** What is given to `changeTicket`. */
  input: {
    status?: Ticket["status"];
    priority?: Ticket["priority"];
    categoryId?: string | null;
    assigneeId?: string | null;
    fields?: Record<string, string | number | boolean>;
  };
}

/** Reads what the ticket is and what the macro would make of it; what is so already is left out. Changes nothing. */
export async function planMacro(ctx: Ctx, tx: TenantTx, actions: MacroActions, ticketId: string): Promise<MacroPlan> {
  const inner = { ...ctx, tx };
  const { ticket, ...names } = await findTicket(ctx, tx, ticketId);
  const [form, members] = await Promise.all([readTicketForm(inner), listAssignees(inner)]);
  const nameOf = (id: string | null) => members.find((member) => member.userId === id)?.name ?? null;
  const { input, problems } = inputOf(ctx, actions, form, new Set(members.map((member) => member.userId)));
  const categoryName = (id: string | null) => form.categories.find((one) => one.id === id)?.name ?? null;
  const changes: PlannedChange[] = [
    { what: "status", from: ticket.status, to: input.status ?? ticket.status },
    { what: "priority", from: ticket.priority, to: input.priority ?? ticket.priority },
    ...(input.categoryId === undefined
      ? []
      : [{ what: "category" as const, from: categoryName(ticket.categoryId), to: categoryName(input.categoryId) }]),
    ...(input.assigneeId === undefined
      ? []
      : [{ what: "assignee" as const, from: nameOf(ticket.assigneeId), to: nameOf(input.assigneeId) }]),
    ...form.fields
      .filter(({ id }) => input.fields?.[id] !== undefined)
      .map(({ id, name, type }) => ({
        what: "field" as const,
        field: { id, name, type },
        from: ticket.fields[id] ?? null,
        to: input.fields?.[id] ?? null,
      })),
  ];
  if (ticket.mergedIntoId) problems.push("ticket_merged");
  const values = withFieldValues(ticket.fields, input.fields ?? {});
  const resolves = input.status === "resolved" && ticket.status !== "resolved";
  return {
    changes: changes.filter(({ from, to }) => from !== to),
    note: actions.note ?? null,
    reply: actions.reply ? await replyOf(ctx, tx, ticket, fill(actions.reply, names.variables)) : null,
    problems,
    missing: resolves ? missingFields(form.fields, values).map((field) => field.name) : [],
    input,
  };
}

/** What the macro sets today: a category or field that was archived since is left out, a member who left is a problem. */
function inputOf(ctx: Ctx, actions: MacroActions, form: TicketForm, members: ReadonlySet<string>) {
  const { status, priority, categoryId, assignee, fields = {} } = actions;
  const isOffered = (list: readonly { id: string; archivedAt: Date | null }[], id: string) =>
    list.some((one) => one.id === id && !one.archivedAt);
  const assigneeId = assignee === "none" ? null : assignee === "me" ? memberId(ctx) : assignee;
  const kept = Object.entries(fields).filter(([id]) => isOffered(form.fields, id));
  const input: MacroPlan["input"] = {
    ...(status ? { status } : {}),
    ...(priority ? { priority } : {}),
    ...(categoryId === null || (categoryId && isOffered(form.categories, categoryId)) ? { categoryId } : {}),
    ...(assigneeId === undefined ? {} : { assigneeId }),
    ...(kept.length > 0 ? { fields: Object.fromEntries(kept) } : {}),
  };
  return { input, problems: assigneeId && !members.has(assigneeId) ? ["not_active_member"] : [] };
}

/** The reply with its variables filled in, and why it would not leave. */
async function replyOf(ctx: Ctx, tx: TenantTx, ticket: Ticket, text: string): Promise<MacroPlan["reply"]> {
  if (!ticket.conversationId) return { text, refusal: "no_conversation" };
  const to = await findReplyable(tx, ticket.conversationId);
  const state = replyStateOf(to, ctx.clock.now());
  if (isNotSender(ctx, to)) return { text, refusal: "only_assignee" };
  return { text, refusal: state.refusal ?? (isTooLong(text, state) ? "too_long" : null) };
}

async function findTicket(ctx: Ctx, tx: TenantTx, ticketId: string) {
  const [found] = await tx
    .select({
      ticket: tickets,
      firstName: sql<string | null>`coalesce(${customers.firstName}, split_part(${customers.displayName}, ' ', 1))`,
      business: tenants.name,
      agent: userProfiles.displayName,
    })
    .from(tickets)
    .innerJoin(tenants, eq(tenants.id, tickets.tenantId))
    .leftJoin(customers, and(eq(customers.tenantId, tickets.tenantId), eq(customers.id, tickets.customerId)))
    .leftJoin(
      userProfiles,
      and(eq(userProfiles.tenantId, tickets.tenantId), eq(userProfiles.userId, memberId(ctx) ?? sql`null`)),
    )
    .where(and(eq(tickets.tenantId, ctx.tenantId), eq(tickets.id, ticketId)));
  if (!found) throw notFound();
  const { ticket, firstName, business, agent } = found;
  const variables = {
    "customer.first_name": firstName ?? "",
    "agent.name": agent ?? "",
    "business.name": business,
    "ticket.number": String(ticket.number),
    "ticket.subject": ticket.subject,
  };
  return { ticket, variables };
}
