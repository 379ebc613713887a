import type { RuleCondition } from "#db/schema/automation.ts";
import type { automationRules } from "#db/schema/automation.ts";
import { isOpenAt } from "#server/domains/channels/index.ts";
import type { SlaSettings } from "#server/domains/sla/index.ts";
import type { Fact, Subject } from "./subject.ts";

export type Rule = Pick<
  typeof automationRules.$inferSelect,
  "id" | "name" | "event" | "changed" | "match" | "conditions" | "actions"
>;

/** When the business is open. */
export type Hours = Pick<SlaSettings, "zone" | "hours">;

/** Whether a rule waits for this. */
export function waitsFor(rule: Pick<Rule, "event" | "changed">, fact: Pick<Fact, "event" | "changed">): boolean {
  return (
    rule.event === fact.event &&
    (!rule.changed || fact.event !== "ticket_changed" || fact.changed.includes(rule.changed))
  );
}

/**
 * The place of the condition that did not hold; null when the rule matches. Where one is enough, the last of those that did
 * not. A rule without conditions always matches.
 */
export function failedCondition(
  { match, conditions }: Pick<Rule, "match" | "conditions">,
  subject: Subject,
  fact: Pick<Fact, "occurredAt">,
  business: Hours,
): number | null {
  const fails = (condition: RuleCondition) => !holds(condition, subject, fact, business);
  if (match === "all") {
    const at = conditions.findIndex(fails);
    return at < 0 ? null : at;
  }
  return conditions.length > 0 && conditions.every(fails) ? conditions.length - 1 : null;
}

function holds(
  { field, op, values }: RuleCondition,
  subject: Subject,
  { occurredAt }: Pick<Fact, "occurredAt">,
  business: Hours,
): boolean {
  const isSo =
    field === "words"
      ? hasWords(wordsOf(subject), values)
      : valuesOf(field, subject, occurredAt, business).some((value) => values.includes(value));
  return isSo === (op === "is");
}

/** What a subject says to a condition; `none` where it says nothing. */
function valuesOf(
  field: Exclude<RuleCondition["field"], "words">,
  { ticket, conversation, customer }: Subject,
  at: Date,
  { zone, hours }: Hours,
): readonly string[] {
  const one = (value: string | null | undefined) => [value ?? "none"];
  const some = (values: readonly string[] | undefined) => (values?.length ? values : ["none"]);
  switch (field) {
    case "channel":
      return one(conversation?.channelId);
    case "channel_type":
      return one(conversation?.channelType);
    case "hours":
      return [isOpenAt(conversation?.hours ?? hours, zone, at) ? "inside" : "outside"];
    case "status":
      return one(ticket?.status);
    case "priority":
      return one(ticket?.priority);
    case "category":
      return one(ticket?.categoryId);
    case "team":
      return one(ticket ? ticket.teamId : conversation?.teamId);
    case "assignee":
      return one(ticket ? ticket.assigneeId : conversation?.assigneeId);
    case "label":
      return some(conversation?.labelIds);
    case "segment":
      return one(customer?.segment);
    case "tag":
      return some(customer?.tags);
    case "source":
      return one(ticket?.source);
  }
}

/** The message where there is one, else what the ticket says. A mail's subject is read along. */
function wordsOf({ text, ticket, conversation }: Subject): string {
  if (text !== null) return `${conversation?.subject ?? ""}\n${text}`;
  return `${ticket?.subject ?? ""}\n${ticket?.description ?? ""}`;
}

/** Whether a word or several begin somewhere in a text with one of these, accents and capitals aside. */
function hasWords(text: string, beginnings: readonly string[]): boolean {
  const folded = ` ${fold(text)}`;
  return beginnings.some((beginning) => {
    const wanted = fold(beginning);
    return wanted !== "" && folded.includes(` ${wanted}`);
  });
}

/** Letters and digits in lower case without accents, one space between words. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
