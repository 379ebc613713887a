import { and, count, eq, ne, sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { labels } from "#db/schema/labels.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { mostLabels } from "./list-labels.ts";
import type { LabelFields, LabelRef, UpdateLabelInput } from "./schemas.ts";
import { labelFields, updateLabelInput } from "./schemas.ts";

/** Makes a label. A name in use, in capitals or not, is refused beside its field. */
export async function createLabel(ctx: Ctx, input: LabelFields): Promise<{ labelId: string }> {
  const fields = labelFields.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    const [held] = await tx.select({ labels: count() }).from(labels);
    if ((held?.labels ?? 0) >= mostLabels) throw refused("too_many_labels");
    await refuseTaken(tx, fields.name, id);
    const now = ctx.clock.now();
    await tx.insert(labels).values({ ...fields, tenantId: ctx.tenantId, id, createdAt: now, updatedAt: now });
    await leaveTrace(ctx, tx, "label.create", id, fields);
    return { labelId: id };
  });
}

/** Renames or recolours a label, on every conversation that bears it. */
export async function updateLabel(ctx: Ctx, input: UpdateLabelInput): Promise<void> {
  const { labelId, ...fields } = updateLabelInput.parse(input);
  await withTenant(ctx, async (tx) => {
    if (fields.name) await refuseTaken(tx, fields.name, labelId);
    const [row] = await tx
      .update(labels)
      .set({ ...fields, updatedAt: ctx.clock.now() })
      .where(eq(labels.id, labelId))
      .returning({ id: labels.id });
    if (!row) throw notFound();
    await leaveTrace(ctx, tx, "label.update", labelId, fields);
  });
}

/** Removes a label, from every conversation too. */
export async function deleteLabel(ctx: Ctx, { labelId }: LabelRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx.delete(labels).where(eq(labels.id, labelId)).returning({ name: labels.name });
    if (!row) throw notFound();
    await leaveTrace(ctx, tx, "label.delete", labelId, row);
  });
}

async function leaveTrace(
  ctx: Ctx,
  tx: TenantTx,
  action: string,
  entityId: string,
  data: Record<string, unknown>,
): Promise<void> {
  await recordAudit({ ...ctx, tx }, { action, entityType: "label", entityId, data });
  // Every list shows them.
  tx.afterCommit(() => publish(ctx.tenantId, "conversations", "*"));
}

async function refuseTaken(tx: TenantTx, name: string, id: string): Promise<void> {
  const [taken] = await tx
    .select({ id: labels.id })
    .from(labels)
    .where(and(sql`lower(${labels.name}) = lower(${name})`, ne(labels.id, id)));
  if (taken) throw refused("label_taken");
}

const refused = (reason: string) => new DomainError("conflict", reason, { fields: { name: reason } });
