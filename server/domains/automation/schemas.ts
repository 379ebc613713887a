import { z } from "zod";
import {
  automationEvents,
  changedFields,
  conditionFields,
  type RuleAction,
  ruleActions,
  type RuleCondition,
  runOutcomes,
} from "#db/schema/automation.ts";
import { channelTypes } from "#db/schema/channels.ts";
import { segments } from "#db/schema/customers.ts";
import { ticketPriorities, ticketSources, ticketStatuses } from "#db/schema/tickets.ts";
import { variablesIn } from "#server/domains/quick-replies/schemas.ts";

/** What a rule's texts fill in. */
export const ruleVariables = [
  "customer.first_name",
  "customer.name",
  "business.name",
  "ticket.number",
  "ticket.subject",
] as const;
const known: ReadonlySet<string> = new Set(ruleVariables);

const id = z.uuid();
const idOrNone = z.union([id, z.literal("none")]);
const word = z.string().trim().min(1).max(60, "too_long");

/** Values that a condition may compare with. */
const comparable: Record<RuleCondition["field"], z.ZodType<string>> = {
  words: word,
  channel: id,
  channel_type: z.enum(channelTypes),
  hours: z.enum(["inside", "outside"]),
  status: z.enum([...ticketStatuses, "none"]),
  priority: z.enum(ticketPriorities),
  category: idOrNone,
  team: idOrNone,
  assignee: idOrNone,
  label: idOrNone,
  segment: z.enum(segments),
  tag: word,
  source: z.enum(ticketSources),
};

const text = z
  .string()
  .trim()
  .min(1, "required")
  .max(4_000, "too_long")
  .refine((value) => variablesIn(value).every((name) => known.has(name)), "unknown_variable");

/** What an action may be given. */
const givable: Record<RuleAction["do"], z.ZodType<string>> = {
  status: z.enum(ticketStatuses),
  priority: z.enum(ticketPriorities),
  category: idOrNone,
  team: idOrNone,
  assignee: idOrNone,
  add_label: id,
  remove_label: id,
  note: text,
  notify: z.union([id, z.literal("assignee")]),
  reply: text,
  quick_reply: id,
  write: text,
  snooze: z.enum(["three_hours", "tomorrow", "next_week"]),
  open_ticket: z.union([z.literal(""), text.pipe(z.string().max(200, "too_long"))]),
};

const condition = z
  .object({
    field: z.enum(conditionFields),
    op: z.enum(["is", "is_not"]),
    values: z.array(z.string()).max(30, "too_many"),
  })
  .transform((given) => ({ ...given, values: [...new Set(given.values)] }))
  .superRefine(({ field, values }, context) => {
    if (values.length === 0) context.addIssue({ code: "custom", message: "required" });
    for (const value of values) tell(comparable[field].safeParse(value), context);
  });

const action = z
  .object({ do: z.enum(ruleActions), value: z.string().trim() })
  .superRefine(({ do: what, value }, context) => tell(givable[what].safeParse(value), context));

/** Says what is wrong with a value where the value stands, in words that forms know. */
function tell(read: z.ZodSafeParseResult<string>, context: z.RefinementCtx): void {
  const [issue] = read.error?.issues ?? [];
  if (!issue) return;
  const message = /^[a-z_]+$/.test(issue.message) ? issue.message : "required";
  context.addIssue({ code: "custom", message });
}

/** What is done more than once would undo itself. */
const repeatable: ReadonlySet<string> = new Set(["add_label", "remove_label", "note", "notify"]);

export const ruleFields = z.object({
  name: z.string("required").trim().min(1, "required").max(80, "too_long"),
  event: z.enum(automationEvents),
  changed: z.enum(changedFields).nullable().default(null),
  match: z.enum(["all", "any"]).default("all"),
  conditions: z.array(condition).max(10, "too_many").default([]),
  actions: z
    .array(action)
    .min(1, "rule_does_nothing")
    .max(10, "too_many")
    .superRefine((all, context) => {
      const seen = new Set<string>();
      for (const [at, { do: what }] of all.entries()) {
        const kind = what === "quick_reply" || what === "write" ? "reply" : what;
        if (seen.has(kind) && !repeatable.has(kind))
          context.addIssue({ code: "custom", message: "action_twice", path: [at] });
        seen.add(kind);
      }
    }),
});
export type RuleFields = z.input<typeof ruleFields>;

export const ruleRef = z.object({ ruleId: z.uuid() });
export type RuleRef = z.infer<typeof ruleRef>;
export const updateRuleInput = ruleFields.extend(ruleRef.shape);
export type UpdateRuleInput = z.input<typeof updateRuleInput>;
export const enableRuleInput = ruleRef.extend({ enabled: z.boolean() });
export type EnableRuleInput = z.infer<typeof enableRuleInput>;
export const moveRuleInput = ruleRef.extend({ up: z.boolean() });
export type MoveRuleInput = z.infer<typeof moveRuleInput>;

export const dryRunInput = ruleFields.omit({ name: true }).extend({
  /** How far back, in days. */
  days: z.union([z.literal(7), z.literal(30)]).default(7),
});
export type DryRunInput = z.input<typeof dryRunInput>;

export const listRunsInput = ruleRef.extend({
  outcome: z.enum(runOutcomes).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.uuid().nullish(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListRunsInput = z.input<typeof listRunsInput>;
