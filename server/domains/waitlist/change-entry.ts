import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { lockCustomer } from "#server/domains/customers/index.ts";
import { readSlaSettings } from "#server/domains/sla/index.ts";
import { closeOffer } from "./close-offer.ts";
import { makeOffer } from "./make-offer.ts";
import { offerEnd } from "./offer-end.ts";
import { readOfferRules } from "./read-offer-rules.ts";
import type { EntryInput, OfferTimeInput } from "./schemas.ts";

/** Takes somebody off the list; what they were offered is offered to whoever is next. `not_on_waitlist` for who is not on it any more. */
export async function leaveWaitlist(ctx: Ctx, { entryId }: EntryInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await withdraw({ ...ctx, tx }, tx, entryId);
    await lockWaiting(tx, entryId);
    await tx.raw.unsafe(
      "update waitlist_entries set status = 'left', updated_at = $3::timestamptz where tenant_id = $1 and id = $2::uuid",
      [tx.tenantId, entryId, ctx.clock.now()] as never[],
      { prepare: true },
    );
    await recordAudit({ ...ctx, tx }, { action: "waitlist.leave", entityType: "waitlist_entry", entityId: entryId });
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [entryId]));
  });
}

/**
 * Puts whoever was taken off the list back into their place. What they were offered meanwhile stays withdrawn. `wait_not_restorable` once
 * they wait anew for the same service, or their days have passed.
 */
export async function undoLeave(ctx: Ctx, { entryId }: EntryInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await lockWhoWaits(tx, entryId);
    const [restored] = await tx.raw.unsafe(
      `update waitlist_entries entry set status = 'waiting', updated_at = $3::timestamptz
        where tenant_id = $1 and id = $2::uuid and status = 'left' and until_at > $3::timestamptz
          and not exists (select from waitlist_entries anew
                           where anew.tenant_id = $1 and anew.customer_id = entry.customer_id and anew.service_id = entry.service_id
                             and anew.status = 'waiting')
       returning id`,
      [tx.tenantId, entryId, ctx.clock.now()] as never[],
      { prepare: true },
    );
    if (!restored) throw new DomainError("conflict", "wait_not_restorable");
    await recordAudit(
      { ...ctx, tx },
      { action: "waitlist.undo_leave", entityType: "waitlist_entry", entityId: entryId },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [entryId]));
  });
}

/**
 * A member offers somebody who waits a time of their choice, whoever is ahead of them; it is held and written to them like any other
 * offer. Refused like a booking where it is taken; `not_on_waitlist`, `offered_already`, and `customer_unreachable` where no channel may be used.
 */
export async function offerTime(ctx: Ctx, { entryId, userId, startsAt }: OfferTimeInput): Promise<{ expiresAt: Date }> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    await lockWhoWaits(tx, entryId);
    const entry = await lockWaiting(tx, entryId);
    if (entry.offered) throw new DomainError("conflict", "offered_already");
    const { zone, hours } = await readSlaSettings(tx);
    const expiresAt = offerEnd({ zone, business: hours, ...(await readOfferRules(tx)) }, now, startsAt);
    const openingId = newId();
    const { customerId, serviceId } = entry;
    const candidate = { entryId, customerId, serviceId, userId, startsAt };
    if (!(await makeOffer(ctx, tx, { candidate, openingId, expiresAt, source: "manual" })))
      throw new DomainError("conflict", "customer_unreachable");
    await tx.raw.unsafe(
      `insert into waitlist_openings (tenant_id, id, user_id, starts_at, ends_at, due_at, by_hand, created_at)
       values ($1, $2, $3, $4, $4::timestamptz + interval '1 minute', $5, true, $6)`,
      [tx.tenantId, openingId, userId, startsAt, expiresAt, now] as never[],
      { prepare: true },
    );
    await recordAudit(
      { ...ctx, tx },
      { action: "waitlist.offer", entityType: "waitlist_entry", entityId: entryId, data: { userId, startsAt } },
    );
    return { expiresAt };
  });
}

/** The offer ahead of the entry: one order for whoever takes one, lets one lapse, or leaves. */
async function withdraw(ctx: Ctx, tx: TenantTx, entryId: string): Promise<void> {
  const [open] = await tx.raw.unsafe<{ id: string; holdId: string; openingId: string | null }[]>(
    `select id, hold_id as "holdId", opening_id as "openingId" from waitlist_offers
      where tenant_id = $1 and entry_id = $2::uuid and status = 'open' for update`,
    [tx.tenantId, entryId],
    { prepare: true },
  );
  if (!open) return;
  await closeOffer(ctx, tx, { offerId: open.id, holdId: open.holdId, status: "withdrawn" });
  if (!open.openingId) return;
  await tx.raw.unsafe(
    "update waitlist_openings set due_at = $3::timestamptz where tenant_id = $1 and id = $2::uuid",
    [tx.tenantId, open.openingId, ctx.clock.now()] as never[],
    { prepare: true },
  );
}

/** Whoever puts somebody on the list locks them first. */
async function lockWhoWaits(tx: TenantTx, entryId: string): Promise<void> {
  const [entry] = await tx.raw.unsafe<{ customerId: string }[]>(
    `select customer_id as "customerId" from waitlist_entries where tenant_id = $1 and id = $2::uuid`,
    [tx.tenantId, entryId],
    { prepare: true },
  );
  if (!entry) throw notFound();
  await lockCustomer(tx, entry.customerId);
}

async function lockWaiting(tx: TenantTx, entryId: string) {
  const [entry] = await tx.raw.unsafe<{ status: string; customerId: string; serviceId: string; offered: boolean }[]>(
    `select status, customer_id as "customerId", service_id as "serviceId",
            exists (select from waitlist_offers where tenant_id = $1 and entry_id = entry.id and status = 'open') as offered
       from waitlist_entries entry where tenant_id = $1 and id = $2::uuid for update`,
    [tx.tenantId, entryId],
    { prepare: true },
  );
  if (!entry) throw notFound();
  if (entry.status !== "waiting") throw new DomainError("conflict", "not_on_waitlist");
  return entry;
}
