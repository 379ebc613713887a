import { and, eq, sql } from "drizzle-orm";
import { macros } from "#db/schema/ticket-forms.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { replyToConversation } from "#server/domains/conversations/index.ts";
import { addTicketNote, changeTicket, recordTicketEvents } from "#server/domains/tickets/index.ts";
import type { MacroPlan } from "./plan-macro.ts";
import { planMacro } from "./plan-macro.ts";
import type { PreviewMacroInput, RunMacroInput } from "./schemas.ts";
import { runMacroInput } from "./schemas.ts";

/** What a macro would do to this ticket now, and whether its reply would leave. */
export async function previewMacro(
  ctx: Ctx,
  { macroId, ticketId }: PreviewMacroInput,
): Promise<Omit<MacroPlan, "input"> & { id: string; name: string }> {
  return withTenant(ctx, async (tx) => {
    const macro = await findMacro(tx, macroId);
    const { input: _, ...plan } = await planMacro(ctx, tx, macro.actions, ticketId);
    return { id: macro.id, name: macro.name, ...plan };
  });
}

/**
 * Does all of it in one transaction, or nothing: the reply goes the way of every reply and is refused as one, a missing field
 * as when a member resolves. The same key runs once.
 */
export async function runMacro(ctx: Ctx, input: RunMacroInput): Promise<{ messageId: string | null }> {
  const { macroId, ticketId, silent, idempotencyKey } = runMacroInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const macro = await findMacro(tx, macroId);
    const ticket = await findTicket(tx, ticketId);
    if (await hasRun(tx, ticketId, idempotencyKey)) return { messageId: null };
    const plan = await planMacro(ctx, tx, macro.actions, ticketId);
    const [problem] = plan.problems;
    if (problem) throw new DomainError("conflict", problem);
    const text = silent ? null : (plan.reply?.text ?? null);
    const messageId = text === null ? null : await reply(inner, ticket.conversationId, text, idempotencyKey);
    if (Object.keys(plan.input).length > 0) await changeTicket(inner, { ticketId, ...plan.input });
    if (plan.note) await addTicketNote(inner, { ticketId, text: plan.note });
    await recordTicketEvents(ctx, tx, [
      { ticket, type: "macro", data: { name: macro.name, key: idempotencyKey, replied: messageId !== null } },
    ]);
    await tx
      .update(macros)
      .set({ usageCount: sql`${macros.usageCount} + 1` })
      .where(eq(macros.id, macroId));
    return { messageId };
  });
}

async function reply(ctx: Ctx, conversationId: string | null, text: string, key: string): Promise<string> {
  if (!conversationId) throw new DomainError("conflict", "no_conversation");
  const written = await replyToConversation(ctx, { conversationId, text, idempotencyKey: `macro ${key}` });
  return written.messageId;
}

async function findMacro(tx: TenantTx, macroId: string) {
  const { id, name, actions } = macros;
  const [macro] = await tx.select({ id, name, actions }).from(macros).where(eq(id, macroId));
  if (!macro) throw notFound();
  return macro;
}

/** A second press waits here, and finds that the first has run. The row itself is locked after its conversation, as everywhere. */
async function findTicket(tx: TenantTx, ticketId: string) {
  await tx.raw.unsafe("select pg_advisory_xact_lock(hashtextextended('macro ' || $1::text, 0))", [ticketId]);
  const { id, number, conversationId } = tickets;
  const [ticket] = await tx
    .select({ id, number, conversationId })
    .from(tickets)
    .where(and(eq(tickets.tenantId, tx.tenantId), eq(id, ticketId)));
  if (!ticket) throw notFound();
  return ticket;
}

async function hasRun(tx: TenantTx, ticketId: string, key: string): Promise<boolean> {
  const [known] = await tx
    .select({ id: ticketEvents.id })
    .from(ticketEvents)
    .where(
      and(
        eq(ticketEvents.tenantId, tx.tenantId),
        eq(ticketEvents.ticketId, ticketId),
        eq(ticketEvents.type, "macro"),
        sql`${ticketEvents.data} ->> 'key' = ${key}`,
      ),
    );
  return known !== undefined;
}
