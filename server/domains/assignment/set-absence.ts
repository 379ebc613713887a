import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember, requireAssignee } from "#server/domains/members/index.ts";
import { giveWaiting } from "./give-waiting.ts";
import type { AbsentMember, SetAbsenceInput } from "./schemas.ts";
import { setAbsenceInput } from "./schemas.ts";

/**
 * Takes a member out of the office from one instant until another: rules give them nothing meanwhile, and a
 * substitute what would be theirs. There is one absence at a time; a new one takes the place of the last.
 */
export async function setAbsence(ctx: Ctx, input: SetAbsenceInput): Promise<void> {
  const { userId, from, until, substituteId } = setAbsenceInput.parse(input);
  if (until <= ctx.clock.now()) throw invalid({ until: "in_the_past" });
  if (substituteId === userId) throw invalid({ substituteId: "another_person" });
  await withTenant(ctx, async (tx) => {
    await findMember(tx, userId);
    if (substituteId) {
      await requireAssignee(ctx, tx, substituteId).catch(() => {
        throw invalid({ substituteId: "not_active_member" });
      });
    }
    await write(ctx, tx, userId, { absentFrom: from, absentUntil: until, substituteId });
    await recordAudit(
      { ...ctx, tx },
      { action: "member.absence", entityType: "member", entityId: userId, data: { from, until, substituteId } },
    );
  });
}

/** They are back, or do not leave after all. Nothing happens when they were not away. */
export async function endAbsence(ctx: Ctx, { userId }: AbsentMember): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await findMember(tx, userId);
    const changed = await write(ctx, tx, userId, { absentFrom: null, absentUntil: null, substituteId: null });
    if (!changed) return;
    await recordAudit({ ...ctx, tx }, { action: "member.absence_end", entityType: "member", entityId: userId });
    await giveWaiting({ ...ctx, tx });
  });
}

type Absence = Pick<typeof memberships.$inferInsert, "absentFrom" | "absentUntil" | "substituteId">;

async function write(ctx: Ctx, tx: TenantTx, userId: string, absence: Absence): Promise<boolean> {
  const of = and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.userId, userId));
  const [before] = await tx.select({ until: memberships.absentUntil }).from(memberships).where(of);
  if (!before?.until && !absence.absentUntil) return false;
  await tx
    .update(memberships)
    .set({ ...absence, updatedAt: ctx.clock.now() })
    .where(of);
  tx.afterCommit(() => publish(ctx.tenantId, "members", [userId]));
  return true;
}
