import { createAppointment, createService } from "#db/factories-appointments.ts";
import type { MadeCustomer, MadeMember, MadeTenant } from "#db/factories.ts";
import { appointmentMessages } from "#db/schema/appointment-messages.ts";
import { memberDays, memberHours, timeOff } from "#db/schema/scheduling.ts";
import { waitlistEntries } from "#db/schema/waitlist.ts";
import { withTenant } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";

/** The day after tomorrow, at an hour of UTC. */
export const inTwoDays = (hour: number) =>
  new Date((Math.floor(Date.now() / 86_400_000) + 2) * 86_400_000 + hour * 3_600_000);
/** The day on which the agent works other hours. */
export const otherDay = "2031-05-02";

/** What the agent and a colleague offer, when the agent works, an appointment, and a time that is kept for somebody; what the customer is owed, and what they wait for. */
export async function addAppointments(
  { tenantId }: MadeTenant,
  { agent, manager }: { agent: MadeMember; manager: MadeMember },
  { customerId }: MadeCustomer,
  word: string,
) {
  const { userId } = agent;
  const service = await createService({ tenantId }, [userId, manager.userId], { name: `Visite ${word}` });
  const notes = { notes: `À propos de ${word}`, internalNotes: word };
  const { appointmentId } = await createAppointment(service, { userId, customerId, startsAt: inTwoDays(9), ...notes });
  const held = { status: "held", customerId: null, heldUntil: inTwoDays(0) } as const;
  const { appointmentId: holdId } = await createAppointment(service, { userId, startsAt: inTwoDays(10), ...held });
  const timeOffId = newId();
  await withTenant({ tenantId }, async (tx) => {
    const away = { startsAt: inTwoDays(14), endsAt: inTwoDays(15), reason: `Chez ${word}` };
    await tx.insert(timeOff).values({ tenantId, id: timeOffId, userId, ...away });
    await tx.insert(memberDays).values({ tenantId, userId, day: otherDay, spans: [], note: word });
    await tx.insert(memberHours).values({ tenantId, userId, days: { "1": [{ from: "09:00", to: "12:00" }] } });
  });
  const owedMessageId = newId();
  const entryId = newId();
  await withTenant({ tenantId }, async (tx) => {
    const owed = { appointmentId, kind: "reminder_1h", dueAt: inTwoDays(8) } as const;
    await tx.insert(appointmentMessages).values({ ...owed, tenantId, id: owedMessageId });
    const wish = { fromAt: inTwoDays(9), untilAt: inTwoDays(19), source: "web" } as const;
    await tx
      .insert(waitlistEntries)
      .values({ ...wish, tenantId, id: entryId, customerId, serviceId: service.serviceId, userId });
  });
  return { serviceId: service.serviceId, appointmentId, holdId, timeOffId, owedMessageId, entryId };
}
