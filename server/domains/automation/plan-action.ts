import type { RuleAction, RunStep } from "#db/schema/automation.ts";
import { fill } from "#server/domains/quick-replies/index.ts";
import type { Known } from "./read-known.ts";
import type { Subject } from "./subject.ts";

/** What an action would do to a subject, or why it would do nothing; and the words that it would write. */
export interface Plan {
  step: RunStep;
  text?: string;
}

export interface PlanContext {
  known: Known;
  /** The rule wrote to this customer within {@link replyPauseMs}. */
  repliedLately: boolean;
}

/** A rule writes to one conversation once within this, whatever its customer answers: two programs that talk to each other stop here. */
export const replyPauseMs = 3_600_000;

/** Whether an action writes to the customer. */
export const isReply = (what: RuleAction["do"]) => what === "reply" || what === "quick_reply" || what === "write";

/** Decides about one action, for a real run and a dry one alike. Nothing is changed. */
export function planAction(action: RuleAction, subject: Subject, context: PlanContext): Plan {
  const refused = refusalOf(action, subject, context);
  if (refused) return { step: { do: action.do, skipped: refused } };
  switch (action.do) {
    case "note":
    case "reply":
    case "quick_reply":
    case "write":
    case "open_ticket":
      return written(action, subject, context);
    default:
      return changed(action, subject, context.known);
  }
}

/** What an action needs and does not find. */
function refusalOf({ do: what, value }: RuleAction, subject: Subject, { repliedLately }: PlanContext): string | null {
  const { ticket, conversation } = subject;
  switch (what) {
    case "status":
    case "priority":
    case "category":
      return ticket ? (ticket.merged ? "ticket_merged" : null) : "no_ticket";
    case "team":
    case "assignee":
    case "note":
      return ticket || conversation ? null : "no_conversation";
    case "notify":
      return value === "assignee" && !holderOf(subject) ? "nobody_assigned" : null;
    case "open_ticket":
      if (!conversation) return "no_conversation";
      return ticket && ticket.status !== "closed" && ticket.status !== "resolved" ? "ticket_is_open" : null;
    case "reply":
    case "quick_reply":
    case "write":
      if (!conversation) return "no_conversation";
      if (conversation.quiet) return "sender_quiet";
      return repliedLately ? "replied_lately" : null;
    default:
      return conversation ? null : "no_conversation";
  }
}

function changed({ do: what, value }: RuleAction, subject: Subject, known: Known): Plan {
  const names = namesFor(what, known);
  const isGone = names && value !== "none" && value !== "assignee" && !names.has(value);
  if (isGone) return { step: { do: what, skipped: "no_longer_there" } };
  const nameOf = (id: string | null) => (id === null || id === "none" ? null : (names?.get(id) ?? id));
  if (what === "notify") {
    const userId = value === "assignee" ? holderOf(subject) : value;
    return { step: { do: what, to: nameOf(userId) } };
  }
  const before = standing(what, subject);
  if (isSo(what, value, subject, before)) return { step: { do: what, skipped: "already_so" } };
  if (what === "add_label" || what === "remove_label" || what === "snooze")
    return { step: { do: what, to: nameOf(value) } };
  return { step: { do: what, from: nameOf(before[0] ?? null), to: nameOf(value) } };
}

function namesFor(what: RuleAction["do"], known: Known): ReadonlyMap<string, string> | null {
  if (what === "category") return known.categories;
  if (what === "team") return known.teams;
  if (what === "assignee" || what === "notify") return known.members;
  return what === "add_label" || what === "remove_label" ? known.labels : null;
}

function isSo(what: RuleAction["do"], value: string, { conversation }: Subject, before: readonly string[]): boolean {
  const bears = conversation?.labelIds.includes(value) ?? false;
  if (what === "add_label") return bears;
  if (what === "remove_label") return !bears;
  return before.length > 0 && before.every((one) => one === value);
}

/** What is so now, in the terms of the action's value: of the ticket, and of its conversation where both are meant. */
function standing(what: RuleAction["do"], { ticket, conversation }: Subject): string[] {
  const both = (key: "teamId" | "assigneeId") =>
    [ticket, conversation].filter((one) => one !== null).map((one) => one[key] ?? "none");
  if (what === "status") return ticket ? [ticket.status] : [];
  if (what === "priority") return ticket ? [ticket.priority] : [];
  if (what === "category") return ticket ? [ticket.categoryId ?? "none"] : [];
  if (what === "team") return both("teamId");
  return what === "assignee" ? both("assigneeId") : [];
}

/** Who has the ticket, else the conversation. */
export function holderOf({ ticket, conversation }: Subject): string | null {
  return ticket?.assigneeId ?? conversation?.assigneeId ?? null;
}

/** Words with their variables filled in; one that nobody can fill in is not sent as it stands. */
function written({ do: what, value }: RuleAction, subject: Subject, { known }: PlanContext): Plan {
  const template = what === "quick_reply" ? known.quickReplies.get(value) : value;
  if (template === undefined) return { step: { do: what, skipped: "no_longer_there" } };
  if (what === "open_ticket" && template === "") return { step: { do: what }, text: firstLine(subject) };
  const text = fill(template, {
    "customer.first_name": subject.customer?.firstName ?? "",
    "customer.name": subject.customer?.name ?? "",
    "agent.name": known.business,
    "business.name": known.business,
    "ticket.number": subject.ticket ? String(subject.ticket.number) : "",
    "ticket.subject": subject.ticket?.subject ?? "",
  });
  if (isReply(what) && /\{\{[^{}]*\}\}/.test(text)) return { step: { do: what, skipped: "variable_unknown" } };
  return { step: { do: what }, text };
}

function firstLine({ text, conversation, customer }: Subject): string {
  const line =
    text
      ?.split("\n")
      .find((one) => one.trim() !== "")
      ?.trim() ||
    conversation?.subject ||
    customer?.name ||
    "–";
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
