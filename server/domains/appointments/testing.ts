import { createService } from "#db/factories-appointments.ts";
import { createCustomer, createMember, createTenant } from "#db/factories.ts";
import { fixedClock } from "#server/core/clock.ts";
import { findSlots } from "#server/domains/scheduling/find-slots.ts";
import { bookAppointment } from "./book-appointment.ts";

export const slotTaken = { code: "conflict", reason: "slot_taken" };
const mondays = { "1": [{ from: "09:00", to: "12:00" }] };

/** A shop that is open on Monday mornings, on Monday 23 November 2026 at eight in Paris. */
export async function openShop(values: Parameters<typeof createService>[2] = {}) {
  const clock = fixedClock("2026-11-23T07:00:00Z");
  const tenant = await createTenant({ businessHours: mondays });
  const nadia = await createMember(tenant, "agent", { clock, name: "Nadia" });
  const paul = await createMember(tenant, "agent", { clock, name: "Paul" });
  const service = await createService(tenant, [nadia.userId, paul.userId], { name: "Pose", ...values });
  const sophie = await createCustomer(tenant, { displayName: "Sophie" });
  const { serviceId } = service;
  const slot = (time: string, userId = nadia.userId) => ({
    serviceId,
    userId,
    startsAt: new Date(`2026-11-23T${time}:00Z`),
  });
  const book = (time: string, userId?: string) =>
    bookAppointment(nadia.ctx, { ...slot(time, userId), customerId: sophie.customerId });
  const freeTimes = async () =>
    (await findSlots(nadia.ctx, { serviceId, userId: nadia.userId, from: "2026-11-23", days: 1 })).slots.map(
      ({ startsAt }) => startsAt.toISOString().slice(11, 16),
    );
  return { clock, tenant, nadia, paul, service, sophie, slot, book, freeTimes };
}
