import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { countAttempt } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { languageOf } from "#server/domains/appointment-messages/index.ts";
import { bookAppointment, SlotTaken } from "#server/domains/appointments/index.ts";
import { manageLink } from "#server/domains/public-booking/index.ts";
import { closeOffer } from "./close-offer.ts";
import type { OfferedTime, OfferStatus, OpenOfferInput } from "./schemas.ts";
import { openOfferInput } from "./schemas.ts";

interface OfferRow {
  id: string;
  entryId: string;
  openingId: string | null;
  holdId: string | null;
  status: OfferStatus;
  startsAt: Date;
  expiresAt: Date;
  userId: string;
  serviceId: string;
  customerId: string;
  language: string;
  business: string;
  slug: string;
  timezone: string;
  service: string;
  location: string;
  member: string;
  appointmentId: string | null;
}

/** What a link offers. Looking takes nothing: programs that scan messages follow links. `link_expired` where it is nobody's. */
export async function openOffer(address: string, input: OpenOfferInput, clock: Clock): Promise<OfferedTime> {
  const owner = await ownerOf(openOfferInput.parse(input).token, address, clock);
  return withTenant(owner, async (tx) => shown(owner.tenantId, await readOffer(tx, owner.id), clock.now()));
}

/**
 * Takes an offered time: what was held becomes the appointment. `offer_over` once it lapsed or was given up, and where the time is gone;
 * who takes it again finds it taken by themselves.
 */
export async function acceptOffer(address: string, input: OpenOfferInput, clock: Clock): Promise<OfferedTime> {
  return answer(address, input, clock, async (ctx, tx, offer) => {
    const { serviceId, userId, startsAt, customerId, holdId } = offer;
    const wanted = { serviceId, userId, startsAt, customerId, holdId: holdId! };
    const { appointmentId } = await bookAppointment(ctx, wanted, { source: "web" });
    await closeOffer(ctx, tx, { offerId: offer.id, holdId, status: "accepted" });
    await tx.raw.unsafe(
      `update waitlist_entries set status = 'booked', appointment_id = $3::uuid, updated_at = $4::timestamptz
        where tenant_id = $1 and id = $2::uuid`,
      [tx.tenantId, offer.entryId, appointmentId, ctx.clock.now()] as never[],
      { prepare: true },
    );
  });
}

/** Does not want it: whoever is next is asked. They go on waiting for another. */
export async function declineOffer(address: string, input: OpenOfferInput, clock: Clock): Promise<OfferedTime> {
  return answer(address, input, clock, (ctx, tx, offer) =>
    closeOffer(ctx, tx, { offerId: offer.id, holdId: offer.holdId, status: "declined" }),
  );
}

async function answer(
  address: string,
  input: OpenOfferInput,
  clock: Clock,
  run: (ctx: Ctx, tx: TenantTx, offer: OfferRow) => Promise<void>,
): Promise<OfferedTime> {
  const { token } = openOfferInput.parse(input);
  const owner = await ownerOf(token, address, clock);
  await countAttempt({ address: `offer ${digest(token)}` }, clock.now());
  try {
    return await withTenant(owner, async (tx) => {
      await tx.raw.unsafe(
        "select 1 from waitlist_offers where tenant_id = $1 and id = $2::uuid for update",
        [tx.tenantId, owner.id],
        { prepare: true },
      );
      const offer = await readOffer(tx, owner.id);
      if (offer.status === "accepted") return shown(owner.tenantId, offer, clock.now());
      if (offer.status !== "open" || offer.expiresAt <= clock.now()) throw new DomainError("conflict", "offer_over");
      await run({ ...contextFor(owner.tenantId, { type: "system" }, clock), tx }, tx, offer);
      await askNext(tx, offer, clock.now());
      tx.afterCommit(() => publish(owner.tenantId, "appointments", [offer.entryId]));
      return shown(owner.tenantId, await readOffer(tx, owner.id), clock.now());
    });
  } catch (error) {
    if (error instanceof SlotTaken) throw new DomainError("conflict", "offer_over");
    throw error;
  }
}

/** What is left of the time that became free is offered on, at once. */
async function askNext(tx: TenantTx, { openingId }: OfferRow, now: Date): Promise<void> {
  if (!openingId) return;
  await tx.raw.unsafe(
    "update waitlist_openings set due_at = least(due_at, $3::timestamptz) where tenant_id = $1 and id = $2::uuid",
    [tx.tenantId, openingId, now] as never[],
    { prepare: true },
  );
}

async function ownerOf(token: string, address: string, clock: Clock): Promise<{ tenantId: string; id: string }> {
  const [owner] = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.owner_of_token('waitlist_offer', ${digest(token)})`;
  if (owner) return { tenantId: owner.tenant_id, id: owner.id };
  await countAttempt({ address }, clock.now());
  throw new DomainError("not_found", "link_expired");
}

async function readOffer(tx: TenantTx, offerId: string): Promise<OfferRow> {
  const [offer] = await tx.raw.unsafe<OfferRow[]>(offerStatement, [tx.tenantId, offerId], { prepare: true });
  if (!offer) throw new DomainError("not_found", "link_expired");
  return offer;
}

const offerStatement = `
  select offer.id, offer.entry_id as "entryId", offer.opening_id as "openingId", offer.hold_id as "holdId", offer.status,
         offer.starts_at as "startsAt", offer.expires_at as "expiresAt", offer.user_id as "userId", entry.service_id as "serviceId",
         entry.customer_id as "customerId", entry.appointment_id as "appointmentId", customer.language, tenant.name as business, tenant.slug,
         tenant.timezone, service.name as service, service.location, coalesce(member.display_name, '') as member
    from waitlist_offers offer
    join waitlist_entries entry on entry.tenant_id = $1 and entry.id = offer.entry_id
    join customers customer on customer.tenant_id = $1 and customer.id = entry.customer_id
    join services service on service.tenant_id = $1 and service.id = entry.service_id
    join tenants tenant on tenant.id = $1
    left join user_profiles member on member.tenant_id = $1 and member.user_id = offer.user_id
   where offer.tenant_id = $1 and offer.id = $2::uuid`;

function shown(tenantId: string, offer: OfferRow, now: Date): OfferedTime {
  const { business, service, member, location, startsAt, timezone, expiresAt, appointmentId, slug } = offer;
  const status = offer.status === "open" && expiresAt <= now ? "lapsed" : offer.status;
  const link = status === "accepted" && appointmentId ? manageLink({ tenantId, slug, appointmentId }) : null;
  const language = languageOf(offer.language);
  return { business, language, service, member, location, startsAt, timezone, status, expiresAt, manageLink: link };
}
