import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { conversations } from "./conversations.ts";
import { tenants } from "./tenants.ts";
import { tickets } from "./tickets.ts";

/** What a rule waits for. */
export const automationEvents = [
  "ticket_opened",
  "ticket_changed",
  "message_received",
  "reply_sent",
  "conversation_opened",
  "conversation_resolved",
  "promise_near",
  "promise_missed",
  "call_missed",
] as const;
export type AutomationEvent = (typeof automationEvents)[number];

/** What can change of a ticket. */
export const changedFields = ["status", "priority", "category", "team", "assignee", "field", "subject", "due"] as const;
export type ChangedField = (typeof changedFields)[number];

/** What a condition looks at. */
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
] as const;
export type ConditionField = (typeof conditionFields)[number];

/** `is`: one of the values at least; `is_not`: none of them. An id, a word of a closed list, `none`, or a beginning of a word. */
export interface RuleCondition {
  field: ConditionField;
  op: "is" | "is_not";
  values: string[];
}

/** What a rule can do, one after the other. */
export const ruleActions = [
  "status",
  "priority",
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
] as const;

/** `value`: an id, a word of a closed list, `none`, or the text that is written. */
export interface RuleAction {
  do: (typeof ruleActions)[number];
  value: string;
}

/** When something happens, if it is so, then this is done. Tried in the order of `position`. */
export const automationRules = pgTable(
  "automation_rules",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    position: integer("position").notNull(),
    enabled: boolean("enabled").notNull().default(false),
    event: text("event", { enum: automationEvents }).notNull(),
    /** Of `ticket_changed`: what must have changed; null: anything. */
    changed: text("changed", { enum: changedFields }),
    /** Whether all conditions must hold, or one. */
    match: text("match", { enum: ["all", "any"] })
      .notNull()
      .default("all"),
    conditions: jsonb("conditions").$type<RuleCondition[]>().notNull().default([]),
    actions: jsonb("actions").$type<RuleAction[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("automation_rules_name").on(t.tenantId, t.name),
    check("automation_rules_event", oneOf("event", automationEvents)),
    check("automation_rules_changed", oneOf("changed", changedFields)),
    check("automation_rules_match", oneOf("match", ["all", "any"])),
  ],
);

/**
 * What happened and no rule has looked at yet, written in the transaction in which it did. Only of events that a rule
 * of the tenant waits for. No words: ids, and what changed.
 */
export const automationFacts = pgTable(
  "automation_facts",
  {
    tenantId: tenantId(),
    id: rowId(),
    event: text("event", { enum: automationEvents }).notNull(),
    ticketId: uuid("ticket_id"),
    conversationId: uuid("conversation_id"),
    messageId: uuid("message_id"),
    changed: text("changed", { enum: changedFields }).array().notNull().default([]),
    /** The first fact of a chain of rules; of what no rule did, the fact itself. */
    originId: uuid("origin_id").notNull(),
    /** How many rules lie between the origin and this. */
    depth: smallint("depth").notNull().default(0),
    occurredAt: instant("occurred_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    check("automation_facts_event", oneOf("event", automationEvents)),
    foreignKey({
      name: "automation_facts_ticket",
      columns: [t.tenantId, t.ticketId],
      foreignColumns: [tickets.tenantId, tickets.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "automation_facts_conversation",
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
  ],
);

export const runOutcomes = ["done", "not_matched", "stopped"] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** What one action came to. Names and values as they were at the time; never what was written to anybody. */
export interface RunStep {
  do: RuleAction["do"];
  from?: string | null;
  to?: string | null;
  /** Why it was not done: a key of `errors`. */
  skipped?: string;
}

/** What a rule made of a fact. Its id tells when: old ones go by it. */
export const automationRuns = pgTable(
  "automation_runs",
  {
    tenantId: tenantId(),
    id: rowId(),
    ruleId: uuid("rule_id").notNull(),
    originId: uuid("origin_id").notNull(),
    depth: smallint("depth").notNull(),
    event: text("event", { enum: automationEvents }).notNull(),
    ticketId: uuid("ticket_id"),
    conversationId: uuid("conversation_id"),
    outcome: text("outcome", { enum: runOutcomes }).notNull(),
    /** Which condition did not hold, from 0; of `any`, the last. */
    failedCondition: smallint("failed_condition"),
    /** Why it was stopped: a key of `errors`. */
    reason: text("reason"),
    steps: jsonb("steps").$type<RunStep[]>().notNull().default([]),
    /** The customer was written to. */
    replied: boolean("replied").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("automation_runs_rule").on(t.tenantId, t.ruleId, t.id.desc().nullsFirst()),
    index("automation_runs_outcome").on(t.tenantId, t.ruleId, t.outcome, t.id.desc().nullsFirst()),
    // A rule acts once on what goes back to one origin.
    uniqueIndex("automation_runs_once")
      .on(t.tenantId, t.originId, t.ruleId)
      .where(sql`outcome = 'done'`),
    index("automation_runs_replied")
      .on(t.tenantId, t.conversationId, t.ruleId, t.createdAt)
      .where(sql`replied`),
    check("automation_runs_event", oneOf("event", automationEvents)),
    check("automation_runs_outcome_check", oneOf("outcome", runOutcomes)),
    foreignKey({
      name: "automation_runs_rule_fk",
      columns: [t.tenantId, t.ruleId],
      foreignColumns: [automationRules.tenantId, automationRules.id],
    }).onDelete("cascade"),
  ],
);
