import { cancelAppointment, rescheduleAppointment, SlotTaken } from "#server/domains/appointments/index.ts";
import { nextFreeSlots, offeringMembers } from "#server/domains/scheduling/index.ts";
import { countTries, tryFrom } from "./count-tries.ts";
import { freeWeek } from "./free-week.ts";
import { manageToken } from "./manage-link.ts";
import { findManaged, requireChangeable } from "./managed-appointment.ts";
import type { CancelManagedInput, FreeWeek, ManagedTimesInput, MoveManagedInput } from "./schemas.ts";
import { cancelManagedInput, managedTimesInput, moveManagedInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";

/** When an appointment could be instead, with whoever offers it: its own time counts as free. */
export async function findManagedTimes(visitor: Visitor, input: ManagedTimesInput): Promise<FreeWeek> {
  const { from, ...link } = managedTimesInput.parse(input);
  const found = await findManaged(visitor, link);
  requireChangeable(found);
  const { ctx, page, appointmentId: except, horizonDays, managed } = found;
  return freeWeek(ctx, { serviceId: managed.serviceId, except, from, timezone: page.timezone, horizonDays });
}

/**
 * Gives an appointment another time that is offered, with the same member where they are free, and answers the new link's token. Refused with
 * `too_late_to_change`, and where the time is taken with the next free ones.
 */
export async function moveManaged(visitor: Visitor, input: MoveManagedInput): Promise<{ token: string }> {
  const { startsAt, ...link } = moveManagedInput.parse(input);
  const found = await findManaged(visitor, link);
  const { ctx, appointmentId, managed } = found;
  await countTries(ctx, [tryFrom("manage", visitor.address)]);
  requireChangeable(found);
  const asked = { serviceId: managed.serviceId, startsAt };
  const members = await offeringMembers(ctx, { ...asked, except: appointmentId });
  const userId = members.includes(found.userId) ? found.userId : members[0];
  if (!userId) throw new SlotTaken(await nextFreeSlots(ctx, { ...asked, userId: found.userId }), "conflict");
  const moved = await rescheduleAppointment(ctx, { appointmentId, startsAt, userId }, { source: "web" });
  return { token: manageToken({ tenantId: ctx.tenantId, ...moved }) };
}

/** Cancels an appointment by its link, with what its customer says of it. */
export async function cancelManaged(visitor: Visitor, input: CancelManagedInput): Promise<void> {
  const { reason, ...link } = cancelManagedInput.parse(input);
  const found = await findManaged(visitor, link);
  const { ctx, appointmentId } = found;
  await countTries(ctx, [tryFrom("manage", visitor.address)]);
  requireChangeable(found);
  await cancelAppointment(ctx, { appointmentId, reason }, { source: "web" });
}
