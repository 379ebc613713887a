import { withTenant } from "#db/tenant.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newToken } from "#server/core/ids.ts";
import { bookAppointment } from "#server/domains/appointments/index.ts";
import { findOrCreateCustomer } from "#server/domains/customers/index.ts";
import { answerEvenly } from "./answer-evenly.ts";
import { contactsIn, countTries, tryFrom } from "./count-tries.ts";
import { refusePrograms } from "./form-stamp.ts";
import { holderOf, lockHolder, releaseHeld } from "./holds.ts";
import { manageToken } from "./manage-link.ts";
import { notesOnPerson } from "./notes-on-person.ts";
import { requireOnline } from "./open-booking.ts";
import type { BookOnlineInput } from "./schemas.ts";
import { bookOnlineInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";
import { enterBusiness } from "./visitor.ts";

type Wanted = ReturnType<typeof bookOnlineInput.parse>;

/**
 * Books a time for whoever names a phone or an email: who is known by it gets the appointment, and nothing in the answer tells
 * that they are. What is held for this visitor is taken; a time that is taken is refused with the next free ones. Sent twice,
 * it is booked once. Refused: `looks_automatic`, `too_many_bookings`.
 */
export async function bookOnline(visitor: Visitor, input: BookOnlineInput): Promise<{ token: string }> {
  const wanted = bookOnlineInput.parse(input);
  const ctx = await enterBusiness(visitor, wanted.slug);
  refusePrograms(ctx, wanted);
  await countTries(ctx, [tryFrom("book", visitor.address), ...contactsIn(wanted)]);
  const holder = holderOf(ctx.tenantId, { address: visitor.address, visit: wanted.visit ?? newToken(16) });
  const appointmentId = await answerEvenly(() =>
    withTenant(ctx, async (tx) => {
      await requireOnline(ctx, tx, wanted.serviceId);
      await lockHolder(tx, holder);
      return book({ ...ctx, tx }, tx, wanted, holder);
    }),
  );
  return { token: manageToken({ tenantId: ctx.tenantId, appointmentId }) };
}

async function book(ctx: Ctx, tx: TenantTx, wanted: Wanted, holder: string): Promise<string> {
  const { serviceId, userId, startsAt, notes, displayName, phone, email, language, contactBy } = wanted;
  const person = { displayName, phone, email, language, preferredChannel: contactBy };
  const { customerId } = await findOrCreateCustomer(ctx, person);
  const held = wanted.holdId ? await findHeld(tx, { ...wanted, holdId: wanted.holdId, holder, customerId }) : null;
  if (held?.status === "confirmed") return held.id;
  await releaseHeld(tx, { holder, now: ctx.clock.now(), except: held?.id ?? null });
  const internalNotes = await notesOnPerson(tx, { customerId, person });
  const slot = { serviceId, userId, startsAt, ...(held ? { holdId: held.id } : {}) };
  const { appointmentId } = await bookAppointment(
    ctx,
    { ...slot, customerId, notes, internalNotes },
    { source: "web" },
  );
  return appointmentId;
}

/** What this visitor holds at the time, or has booked by sending the same before. */
async function findHeld(
  tx: TenantTx,
  {
    holdId,
    holder,
    serviceId,
    userId,
    startsAt,
    customerId,
  }: Wanted & { holdId: string; holder: string; customerId: string },
): Promise<{ id: string; status: "held" | "confirmed" } | null> {
  const [held] = await tx.raw.unsafe<{ id: string; status: "held" | "confirmed" }[]>(
    `select id, status from appointments
      where tenant_id = $1 and id = $2::uuid and service_id = $3::uuid and user_id = $4::uuid and starts_at = $5::timestamptz and source = 'web'
        and (status = 'held' and held_by = $6 or status = 'confirmed' and customer_id = $7::uuid)`,
    [tx.tenantId, holdId, serviceId, userId, startsAt, holder, customerId] as never[],
    { prepare: true },
  );
  return held ?? null;
}
