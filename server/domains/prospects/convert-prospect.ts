import { and, eq, ne } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import type { ProspectConversion } from "#db/schema/prospects.ts";
import { prospects } from "#db/schema/prospects.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { lockProspect } from "./lock-prospect.ts";
import { isOpen } from "./onward.ts";
import { recordEvents } from "./record-events.ts";
import { remindAt } from "./remind-at.ts";
import type { ProspectInput, ReasonInput } from "./schemas.ts";
import { reasonInput } from "./schemas.ts";

type Segment = ProspectConversion["segment"];

/** The prospect bought: its customer is a client from now on, unless they are more already. Once done, it stays done. */
export async function convertProspect(ctx: Ctx, input: ReasonInput): Promise<void> {
  const { prospectId, reason } = reasonInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const before = await lockProspect(tx, prospectId);
    const { status, customerId } = before;
    if (status === "converted") return;
    if (!isOpen(status)) throw new DomainError("conflict", "prospect_closed");
    const now = ctx.clock.now();
    const segment = await makeClient({ ...ctx, tx }, tx, customerId);
    await tx
      .update(prospects)
      .set({
        status: "converted",
        statusAt: now,
        convertedAt: now,
        conversion: { status, segment },
        remindAt: null,
        updatedAt: now,
      })
      .where(and(eq(prospects.tenantId, ctx.tenantId), eq(prospects.id, prospectId)));
    await recordEvents({ ...ctx, tx }, before, [
      { type: "converted", reason, data: { from: status, to: "converted" } },
    ]);
  });
}

/**
 * It did not after all: the prospect is what it was, and so is the customer's segment, unless somebody changed that since or
 * another of their prospects was converted too.
 */
export async function undoConversion(ctx: Ctx, { prospectId }: ProspectInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const before = await lockProspect(tx, prospectId);
    const { conversion, customerId } = before;
    if (before.status !== "converted" || !conversion) throw new DomainError("conflict", "prospect_not_converted");
    const now = ctx.clock.now();
    const { status } = conversion;
    await tx
      .update(prospects)
      .set({
        status,
        statusAt: now,
        convertedAt: null,
        conversion: null,
        remindAt: remindAt({ ...before, status }, now),
        updatedAt: now,
      })
      .where(and(eq(prospects.tenantId, ctx.tenantId), eq(prospects.id, prospectId)));
    if (conversion.segment) await giveBack({ ...ctx, tx }, tx, { prospectId, customerId, segment: conversion.segment });
    await recordEvents({ ...ctx, tx }, before, [
      { type: "conversion_undone", data: { from: "converted", to: status } },
    ]);
  });
}

/** The segment that the customer was in; null where they are a client or more already. Their row is locked. */
async function makeClient(ctx: Ctx, tx: TenantTx, customerId: string): Promise<Segment> {
  const [customer] = await tx
    .select({ segment: customers.segment })
    .from(customers)
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
  const segment = customer!.segment;
  if (segment === "client" || segment === "vip") return null;
  await setSegment(ctx, tx, { customerId, from: segment, to: "client" });
  return segment;
}

/** Of several that were converted, the one that made the client hands over what it remembers. */
async function giveBack(
  ctx: Ctx,
  tx: TenantTx,
  { prospectId, customerId, segment }: { prospectId: string; customerId: string; segment: NonNullable<Segment> },
): Promise<void> {
  const [other] = await tx
    .select({ id: prospects.id, conversion: prospects.conversion })
    .from(prospects)
    .where(
      and(
        eq(prospects.tenantId, ctx.tenantId),
        eq(prospects.customerId, customerId),
        eq(prospects.status, "converted"),
        ne(prospects.id, prospectId),
      ),
    )
    .orderBy(prospects.convertedAt)
    .limit(1);
  if (other?.conversion) {
    await tx
      .update(prospects)
      .set({ conversion: { ...other.conversion, segment } })
      .where(and(eq(prospects.tenantId, ctx.tenantId), eq(prospects.id, other.id)));
    return;
  }
  const [customer] = await tx
    .select({ segment: customers.segment })
    .from(customers)
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
  if (customer?.segment === "client") await setSegment(ctx, tx, { customerId, from: "client", to: segment });
}

async function setSegment(
  ctx: Ctx,
  tx: TenantTx,
  { customerId, from, to }: { customerId: string; from: NonNullable<Segment>; to: NonNullable<Segment> },
): Promise<void> {
  await tx
    .update(customers)
    .set({ segment: to, updatedAt: ctx.clock.now() })
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
  await recordAudit(ctx, {
    action: "customer.update",
    entityType: "customer",
    entityId: customerId,
    data: { segment: { from, to } },
  });
}
