import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { OfferStatus } from "./schemas.ts";

interface Closing {
  offerId: string;
  holdId: string | null;
  status: Exclude<OfferStatus, "open">;
}

/** Ends an offer whose row is locked, and gives its time back where nobody took it. */
export async function closeOffer(ctx: Ctx, tx: TenantTx, { offerId, holdId, status }: Closing): Promise<void> {
  await tx.raw.unsafe(
    "update waitlist_offers set status = $3, decided_at = $4::timestamptz where tenant_id = $1 and id = $2::uuid",
    [tx.tenantId, offerId, status, ctx.clock.now()] as never[],
    { prepare: true },
  );
  if (!holdId || status === "accepted") return;
  // Whoever wanted that time may have removed it already.
  await tx.raw.unsafe(
    "delete from appointments where tenant_id = $1 and id = $2::uuid and status = 'held'",
    [tx.tenantId, holdId],
    { prepare: true },
  );
}
