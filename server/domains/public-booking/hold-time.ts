import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newToken } from "#server/core/ids.ts";
import { holdSlot, SlotTaken } from "#server/domains/appointments/index.ts";
import { nextFreeSlots, offeringMembers } from "#server/domains/scheduling/index.ts";
import { countTries, tryFrom } from "./count-tries.ts";
import { holderOf, lockHolder, refuseManyHolds, releaseHeld } from "./holds.ts";
import { requireOnline } from "./open-booking.ts";
import type { HeldTime, HoldTimeInput } from "./schemas.ts";
import { holdTimeInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";
import { enterBusiness } from "./visitor.ts";

/**
 * Keeps a time while somebody writes who they are; the one they kept before is given back, unless this one is refused. A time
 * that is taken is refused with the next free ones.
 */
export async function holdTime(visitor: Visitor, input: HoldTimeInput): Promise<HeldTime> {
  const { slug, visit = newToken(16), ...wanted } = holdTimeInput.parse(input);
  const ctx = await enterBusiness(visitor, slug);
  await countTries(ctx, [tryFrom("hold", visitor.address)]);
  const holder = holderOf(ctx.tenantId, { address: visitor.address, visit });
  const now = ctx.clock.now();
  const held = await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await requireOnline(inner, tx, wanted.serviceId);
    await lockHolder(tx, holder);
    await releaseHeld(tx, { holder, now });
    await refuseManyHolds(tx, { holder, now });
    return holdWithSomebody(inner, tx, { ...wanted, holder });
  });
  return { ...held, visit };
}

interface Wanted {
  serviceId: string;
  userId?: string | undefined;
  startsAt: Date;
  holder: string;
}

/** With the member who is wanted, else with the first who is still free. */
async function holdWithSomebody(ctx: Ctx, tx: TenantTx, { serviceId, userId: wanted, startsAt, holder }: Wanted) {
  const asked = { serviceId, startsAt };
  const members = wanted ? [wanted] : await offeringMembers({ ...ctx, tx }, asked);
  for (const userId of members) {
    try {
      return { userId, ...(await holdSlot(ctx, { ...asked, userId }, { source: "web", heldBy: holder })) };
    } catch (error) {
      if (wanted || !(error instanceof SlotTaken)) throw error;
    }
  }
  throw new SlotTaken(await nextFreeSlots(ctx, { ...asked, userId: "" }), "conflict");
}
