import { and, asc, eq, ne } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { automationRules } from "#db/schema/automation.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { refuseUnknown } from "./refuse-unknown.ts";
import type { EnableRuleInput, MoveRuleInput, RuleFields, RuleRef, UpdateRuleInput } from "./schemas.ts";
import { ruleFields, updateRuleInput } from "./schemas.ts";

/** A business may have so many. */
const most = 100;

/** A name in use, and what a rule speaks of and is not there, are refused beside their fields. A new rule is last, and off. */
export async function createRule(ctx: Ctx, input: RuleFields): Promise<{ ruleId: string }> {
  const fields = ruleFields.parse(input);
  return withTenant(ctx, async (tx) => {
    const rules = await lockRules(tx);
    if (rules.length >= most) throw new DomainError("conflict", "list_full", { fields: { name: "list_full" } });
    await refuseName(tx, fields.name, null);
    await refuseUnknown(tx, fields);
    const ruleId = newId();
    const position = rules.length;
    await tx.insert(automationRules).values({ tenantId: ctx.tenantId, id: ruleId, position, ...withChanged(fields) });
    await trace(ctx, tx, "create", ruleId, traced(fields));
    return { ruleId };
  });
}

export async function updateRule(ctx: Ctx, input: UpdateRuleInput): Promise<void> {
  const { ruleId, ...fields } = updateRuleInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await requireRule(tx, ruleId);
    await refuseName(tx, fields.name, ruleId);
    await refuseUnknown(tx, fields);
    await tx
      .update(automationRules)
      .set({ ...withChanged(fields), updatedAt: ctx.clock.now() })
      .where(eq(automationRules.id, ruleId));
    await trace(ctx, tx, "update", ruleId, traced(fields));
  });
}

/** Puts a rule to work, or lets it rest. */
export async function enableRule(ctx: Ctx, { ruleId, enabled }: EnableRuleInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const rule = await requireRule(tx, ruleId);
    if (rule.enabled === enabled) return;
    await tx.update(automationRules).set({ enabled, updatedAt: ctx.clock.now() }).where(eq(automationRules.id, ruleId));
    await trace(ctx, tx, enabled ? "enable" : "disable", ruleId, { name: rule.name });
  });
}

/** Puts a rule before the one above it, or after the one below. At the edge it stays. */
export async function moveRule(ctx: Ctx, { ruleId, up }: MoveRuleInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const rules = await lockRules(tx);
    const at = rules.findIndex(({ id }) => id === ruleId);
    const rule = rules[at];
    if (!rule) throw notFound();
    const ids = rules.map(({ id }) => id);
    ids.splice(at, 1);
    ids.splice(Math.max(0, up ? at - 1 : at + 1), 0, ruleId);
    await tx.raw.unsafe(
      `update automation_rules rule set position = wanted.place - 1
         from unnest($2::uuid[]) with ordinality as wanted (id, place)
        where rule.tenant_id = $1 and rule.id = wanted.id and rule.position <> wanted.place - 1`,
      [ctx.tenantId, ids] as never[],
      { prepare: true },
    );
    await trace(ctx, tx, "move", ruleId, { name: rule.name, up });
  });
}

/** Removes a rule with what is logged of it. */
export async function deleteRule(ctx: Ctx, { ruleId }: RuleRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [gone] = await tx
      .delete(automationRules)
      .where(eq(automationRules.id, ruleId))
      .returning({ name: automationRules.name });
    if (!gone) throw notFound();
    await trace(ctx, tx, "delete", ruleId, gone);
  });
}

type Kept = ReturnType<typeof ruleFields.parse>;

/** What must have changed is a matter of changed tickets only. */
const withChanged = (fields: Kept): Kept => ({
  ...fields,
  changed: fields.event === "ticket_changed" ? fields.changed : null,
});

/** Texts and words stay out of the trace: they may speak of somebody. */
const traced = ({ name, event, conditions, actions }: Kept) => ({
  name,
  event,
  conditions: conditions.map(({ field }) => field),
  actions: actions.map((action) => action.do),
});

async function lockRules(tx: TenantTx): Promise<{ id: string; name: string }[]> {
  const { id, name, position } = automationRules;
  return tx.select({ id, name }).from(automationRules).orderBy(asc(position), asc(id)).for("update");
}

async function requireRule(tx: TenantTx, ruleId: string) {
  const [rule] = await tx.select().from(automationRules).where(eq(automationRules.id, ruleId)).for("update");
  if (!rule) throw notFound();
  return rule;
}

async function refuseName(tx: TenantTx, name: string, ruleId: string | null): Promise<void> {
  const [taken] = await tx
    .select({ id: automationRules.id })
    .from(automationRules)
    .where(and(eq(automationRules.name, name), ruleId ? ne(automationRules.id, ruleId) : undefined));
  if (taken) throw new DomainError("conflict", "name_used", { fields: { name: "name_used" } });
}

async function trace(
  ctx: Ctx,
  tx: TenantTx,
  verb: "create" | "update" | "enable" | "disable" | "move" | "delete",
  ruleId: string,
  data: Record<string, unknown>,
): Promise<void> {
  await recordAudit(
    { ...ctx, tx },
    { action: `automation_rule.${verb}`, entityType: "automation_rule", entityId: ruleId, data },
  );
  tx.afterCommit(() => publish(ctx.tenantId, "automation", [ruleId]));
}
