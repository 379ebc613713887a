import { and, eq } from "drizzle-orm";
import { callLogs } from "#db/schema/calls.ts";
import { prospects } from "#db/schema/prospects.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { Prospect } from "./lock-prospect.ts";
import { qualifiedSince } from "./onward.ts";
import { remindAt } from "./remind-at.ts";

type Columns = typeof prospects.$inferInsert;
type Given = Pick<Columns, "customerId" | "source"> & Partial<Columns>;

/** Writes a new prospect down, in the currency of the business, and its call's link to it. */
export async function insertProspect(ctx: Ctx, tx: TenantTx, given: Given): Promise<Prospect> {
  const now = ctx.clock.now();
  const { status = "new", ownerId = null, nextFollowUpAt = null } = given;
  const [tenant] = await tx.select({ currency: tenants.currency }).from(tenants).where(eq(tenants.id, ctx.tenantId));
  const [made] = await tx
    .insert(prospects)
    .values({
      currency: tenant?.currency ?? "EUR",
      ...given,
      status,
      tenantId: ctx.tenantId,
      id: newId(),
      statusAt: now,
      qualifiedAt: qualifiedSince(null, status, now),
      remindAt: remindAt({ status, ownerId, nextFollowUpAt }, now),
      createdBy: memberId(ctx),
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (given.callId) await linkCall(tx, given.callId, made!.id);
  return made!;
}

/** The call led to this prospect. */
export async function linkCall(tx: TenantTx, callId: string, prospectId: string): Promise<void> {
  await tx
    .update(callLogs)
    .set({ prospectId })
    .where(and(eq(callLogs.tenantId, tx.tenantId), eq(callLogs.id, callId)));
}
