import { and, eq, sql } from "drizzle-orm";
import { slaPolicies } from "#db/schema/sla.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import type { MovePolicyInput, PolicyInput, SavePolicyInput } from "./schemas.ts";
import { savePolicyInput } from "./schemas.ts";
import { slaChanged } from "./sla-changed.ts";

/** A tenant has no more policies than this. */
const mostPolicies = 50;

/**
 * Adds a policy at the end, or changes one where it stands. One without conditions is for whatever the others are
 * not for, and there is one such at most: `default_exists` otherwise.
 */
export async function savePolicy(ctx: Ctx, input: SavePolicyInput): Promise<{ policyId: string }> {
  const { policyId, ...values } = savePolicyInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const policies = await lockPolicies(tx);
    if (policyId && !policies.some(({ id }) => id === policyId)) throw notFound();
    if (!policyId && policies.length >= mostPolicies) throw new DomainError("conflict", "too_many_policies");
    const isDefault = values.priorities.length + values.channels.length === 0;
    if (isDefault && policies.some((other) => other.id !== policyId && other.isDefault))
      throw invalid({ priorities: "default_exists" });
    if (values.escalateAssigneeId) await requireEscalation(ctx, tx, values.escalateAssigneeId);

    const id = policyId ?? newId();
    const updatedAt = ctx.clock.now();
    if (policyId)
      await tx
        .update(slaPolicies)
        .set({ ...values, updatedAt })
        .where(eq(slaPolicies.id, id));
    else {
      const position = Math.max(0, ...policies.map((one) => one.position)) + 1;
      await tx
        .insert(slaPolicies)
        .values({ ...values, tenantId: ctx.tenantId, id, position, createdAt: updatedAt, updatedAt });
    }
    const action = policyId ? "sla_policy.change" : "sla_policy.add";
    await slaChanged({ ...ctx, tx }, { action, entityType: "sla_policy", entityId: id, data: values });
    return { policyId: id };
  });
}

/** Removes a policy: its tickets fall to the next one that is for them. */
export async function deletePolicy(ctx: Ctx, { policyId }: PolicyInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [gone] = await tx
      .delete(slaPolicies)
      .where(eq(slaPolicies.id, policyId))
      .returning({ name: slaPolicies.name });
    if (!gone) throw notFound();
    const entry = { action: "sla_policy.delete", entityType: "sla_policy", entityId: policyId, data: gone };
    await slaChanged({ ...ctx, tx }, entry);
  });
}

/** Tries a policy before or after its neighbour. The default stays last; at an end nothing happens. */
export async function movePolicy(ctx: Ctx, { policyId, direction }: MovePolicyInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const policies = await lockPolicies(tx);
    const own = policies.find(({ id }) => id === policyId);
    if (!own) throw notFound();
    const movable = policies.filter(({ isDefault }) => !isDefault);
    const place = movable.indexOf(own);
    const neighbour = place < 0 ? undefined : movable[direction === "up" ? place - 1 : place + 1];
    if (!neighbour) return;
    const swap = (id: string, position: number) =>
      tx.update(slaPolicies).set({ position, updatedAt: ctx.clock.now() }).where(eq(slaPolicies.id, id));
    await Promise.all([swap(own.id, neighbour.position), swap(neighbour.id, own.position)]);
    const entry = { action: "sla_policy.move", entityType: "sla_policy", entityId: policyId, data: { direction } };
    await slaChanged({ ...ctx, tx }, entry);
  });
}

/** One change of the list at a time, the first as well. */
async function lockPolicies(tx: TenantTx) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('sla_policies ' || ${tx.tenantId}, 0))`);
  const isDefault = sql<boolean>`${slaPolicies.priorities} = '{}' and ${slaPolicies.channels} = '{}'`;
  return tx
    .select({ id: slaPolicies.id, position: slaPolicies.position, isDefault })
    .from(slaPolicies)
    .where(and(eq(slaPolicies.tenantId, tx.tenantId)))
    .orderBy(slaPolicies.position, slaPolicies.id);
}

async function requireEscalation(ctx: Ctx, tx: TenantTx, userId: string): Promise<void> {
  try {
    await requireAssignee(ctx, tx, userId);
  } catch (refusal) {
    // The rule's field has a name of its own.
    throw refusal instanceof DomainError ? invalid({ escalateAssigneeId: "not_active_member" }) : refusal;
  }
}
