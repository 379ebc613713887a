import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { waitlistOpenings } from "#db/schema/waitlist.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { SlotTaken } from "#server/domains/appointments/index.ts";
import { nextOpening } from "#server/domains/channels/index.ts";
import { readSlaSettings } from "#server/domains/sla/index.ts";
import { findCandidate } from "./find-candidate.ts";
import { makeOffer } from "./make-offer.ts";
import { offerEnd } from "./offer-end.ts";
import { readOfferRules } from "./read-offer-rules.ts";
import { closeOffer } from "./close-offer.ts";

type Opening = typeof waitlistOpenings.$inferSelect;

/** People to whom nothing could be written are passed over, so many in one step. */
const mostTried = 10;

/**
 * What is next with a time that became free: an offer that has lapsed is closed, and whoever is next is offered it, within the hours in
 * which customers are written to. It goes once nobody is left to ask. One opening is stepped by one worker at a time.
 */
export async function stepOpening(ctx: Ctx, openingId: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const one = and(eq(waitlistOpenings.tenantId, ctx.tenantId), eq(waitlistOpenings.id, openingId));
    const [opening] = await tx.select().from(waitlistOpenings).where(one).for("update");
    if (!opening || opening.dueAt > now) return;
    const wait = await next(ctx, tx, opening, now);
    await (wait ? tx.update(waitlistOpenings).set({ dueAt: wait }).where(one) : tx.delete(waitlistOpenings).where(one));
  });
}

/** When it is looked at again; null: no more. */
async function next(ctx: Ctx, tx: TenantTx, opening: Opening, now: Date): Promise<Date | null> {
  const open = await openOfferOf(tx, opening.id);
  if (open && open.expiresAt > now) return open.expiresAt;
  if (open) {
    await closeOffer({ ...ctx, tx }, tx, { offerId: open.id, holdId: open.holdId, status: "lapsed" });
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [open.entryId]));
  }
  if (opening.byHand || opening.endsAt <= now) return null;
  const { zone, hours } = await readSlaSettings(tx);
  const rules = { ...(await readOfferRules(tx)), zone, business: hours };
  const opens = nextOpening(rules.business ?? rules.writing, zone, now);
  if (!opens || opens >= opening.endsAt) return null;
  if (opens > now) return opens;
  for (let tries = 0; tries < mostTried; tries++) {
    const candidate = await findCandidate(ctx, tx, { ...opening, timezone: zone });
    if (!candidate) return null;
    const expiresAt = offerEnd(rules, now, candidate.startsAt);
    const offer = { candidate, openingId: opening.id, expiresAt, source: "web" as const };
    const told = await makeOffer(ctx, tx, offer).catch(takenMeanwhile);
    if (told) return expiresAt;
  }
  return now;
}

/** Somebody was faster than who waits: another time is looked for. */
function takenMeanwhile(error: unknown): false {
  if (error instanceof SlotTaken) return false;
  throw error;
}

interface OpenOffer {
  id: string;
  entryId: string;
  holdId: string;
  expiresAt: Date;
}

async function openOfferOf(tx: TenantTx, openingId: string): Promise<OpenOffer | null> {
  const [open] = await tx.raw.unsafe<OpenOffer[]>(
    `select id, entry_id as "entryId", hold_id as "holdId", expires_at as "expiresAt" from waitlist_offers
      where tenant_id = $1 and opening_id = $2::uuid and status = 'open' for update`,
    [tx.tenantId, openingId],
    { prepare: true },
  );
  return open ?? null;
}
