import type { Caller } from "#server/trpc/root.ts";

export type Rule = Awaited<ReturnType<Caller["automation"]["get"]>>;
export type Choices = Awaited<ReturnType<Caller["automation"]["choices"]>>;
export type DryRun = Awaited<ReturnType<Caller["automation"]["dryRun"]>>;
export type Step = DryRun["would"][number]["steps"][number];
export type Condition = Rule["conditions"][number];
export type Action = Rule["actions"][number];
export type RuleEvent = Rule["event"];

/** A rule as a form holds it, finished or not. */
export type Draft = Pick<Rule, "name" | "event" | "changed" | "match" | "conditions" | "actions">;

export const events = [
  "message_received",
  "conversation_opened",
  "conversation_resolved",
  "reply_sent",
  "ticket_opened",
  "ticket_changed",
  "promise_near",
  "promise_missed",
  "call_missed",
] as const satisfies readonly RuleEvent[];

export const changedFields = [
  "status",
  "priority",
  "category",
  "team",
  "assignee",
  "field",
  "subject",
  "due",
] as const satisfies readonly NonNullable<Rule["changed"]>[];

export const conditionFields = [
  "words",
  "channel",
  "channel_type",
  "hours",
  "status",
  "priority",
  "category",
  "team",
  "assignee",
  "label",
  "segment",
  "tag",
  "source",
] as const satisfies readonly Condition["field"][];

export const actionKinds = [
  "priority",
  "status",
  "category",
  "team",
  "assignee",
  "add_label",
  "remove_label",
  "note",
  "notify",
  "reply",
  "quick_reply",
  "write",
  "snooze",
  "open_ticket",
] as const satisfies readonly Action["do"][];

/** Of a list of known words the one that a form says; undefined where it says another. */
export const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((one) => one === value);
