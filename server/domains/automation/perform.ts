import type { RuleAction } from "#db/schema/automation.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { log } from "#server/core/log.ts";
import {
  addConversationNote,
  assignConversation,
  assignConversationTeam,
  labelConversation,
  snoozeConversation,
  writeReply,
  writeToCustomer,
} from "#server/domains/conversations/index.ts";
import { notify } from "#server/domains/notifications/index.ts";
import { addTicketNote, assignTicketTeam, changeTicket, openTicket } from "#server/domains/tickets/index.ts";
import { holderOf } from "./plan-action.ts";
import type { Perform } from "./run-actions.ts";
import type { Subject } from "./subject.ts";

/**
 * Does planned actions through the verbs that members use, in a rule's name, within the transaction of the run. An action that is
 * refused takes nothing else with it.
 */
export function performIn(ctx: Ctx, tx: TenantTx, key: string): Perform {
  const inner = { ...ctx, tx };
  return async (action, { text = "" }, subject) => {
    await tx.raw.unsafe("savepoint action");
    try {
      const opened = await act(inner, action, text, subject, key);
      await tx.raw.unsafe("release savepoint action");
      return opened ? { opened } : {};
    } catch (error) {
      // What another transaction stands in the way of is tried again, all of it.
      if (isConflict(error)) throw error;
      await tx.raw.unsafe("rollback to savepoint action");
      if (error instanceof DomainError) return { skipped: reasonOf(error) };
      log.warn({ err: error, action: action.do }, "an action of a rule failed");
      return { skipped: "action_failed" };
    }
  };
}

async function act(
  ctx: Ctx,
  { do: what, value }: RuleAction,
  text: string,
  subject: Subject,
  key: string,
): Promise<{ id: string; number: number } | null> {
  const ticketId = subject.ticket?.id;
  const conversationId = subject.conversation?.id;
  const id = value === "none" ? null : value;
  if (ticketId) {
    if (what === "status" || what === "priority") await changeTicket(ctx, { ticketId, [what]: value });
    if (what === "category") await changeTicket(ctx, { ticketId, categoryId: id });
    if (what === "assignee") await changeTicket(ctx, { ticketId, assigneeId: id });
    if (what === "note") await addTicketNote(ctx, { ticketId, text });
  }
  if (conversationId) {
    if (what === "team") await assignConversationTeam(ctx, { conversationId, teamId: id });
    if (what === "assignee") await assignConversation(ctx, { conversationId, assigneeId: id });
    if (what === "add_label" || what === "remove_label")
      await labelConversation(ctx, { conversationId, labelId: value, on: what === "add_label" });
    if (what === "snooze") await snoozeConversation(ctx, { conversationId, until: value });
    if (what === "reply" || what === "quick_reply")
      await writeReply(ctx, { conversationId, text, idempotencyKey: `automation ${key}` });
    if (what === "write") await writeToCustomer(ctx, { conversationId, text, idempotencyKey: `automation ${key}` });
    if (what === "note" && !ticketId) await addConversationNote(ctx, { conversationId, text });
  }
  // After its conversation, whose holder it may take over.
  if (what === "team" && ticketId) await assignTicketTeam(ctx, { ticketId, teamId: id });
  if (what === "notify") await tell(ctx, value === "assignee" ? holderOf(subject) : value, subject);
  if (what !== "open_ticket" || !conversationId) return null;
  const { ticketId: openedId, number } = await openTicket(ctx, {
    conversationId,
    subject: text.slice(0, 200),
    source: "rule",
  });
  return { id: openedId, number };
}

async function tell(ctx: Ctx, userId: string | null, { ticket, conversation }: Subject): Promise<void> {
  const subjectId = ticket?.id ?? conversation?.id;
  if (!userId || !subjectId) return;
  await notify(ctx, [{ userId, kind: "rule", subject: ticket ? "ticket" : "conversation", subjectId }]);
}

/** A deadlock, or a transaction that another one overtook. */
function isConflict(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === "40P01" || code === "40001";
}

function reasonOf({ reason, fields }: DomainError): string {
  const [beside] = Object.values(fields);
  return reason === "invalid" && beside ? beside : reason;
}
