import { asc, eq, sql } from "drizzle-orm";
import { automationRules } from "#db/schema/automation.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { RuleRef } from "./schemas.ts";

export type RuleSummary = Pick<
  typeof automationRules.$inferSelect,
  "id" | "name" | "enabled" | "event" | "changed" | "match" | "conditions" | "actions"
> & {
  /** When it last did something; null: not since its log begins. */
  lastDoneAt: Date | null;
};

const columns = {
  id: automationRules.id,
  name: automationRules.name,
  enabled: automationRules.enabled,
  event: automationRules.event,
  changed: automationRules.changed,
  match: automationRules.match,
  conditions: automationRules.conditions,
  actions: automationRules.actions,
  lastDoneAt: sql<Date | null>`(
    select created_at from automation_runs run
     where run.tenant_id = automation_rules.tenant_id and run.rule_id = automation_rules.id and run.outcome = 'done'
     order by run.id desc limit 1)`.mapWith(automationRules.createdAt),
};

/** The business's rules, in the order in which they are tried. */
export async function listRules(ctx: Ctx): Promise<RuleSummary[]> {
  return withTenant(ctx, (tx) =>
    tx.select(columns).from(automationRules).orderBy(asc(automationRules.position), asc(automationRules.id)),
  );
}

/** One rule. `not_found` when the tenant has no such one. */
export async function getRule(ctx: Ctx, { ruleId }: RuleRef): Promise<RuleSummary> {
  return withTenant(ctx, async (tx) => {
    const [rule] = await tx.select(columns).from(automationRules).where(eq(automationRules.id, ruleId));
    if (!rule) throw notFound();
    return rule;
  });
}
