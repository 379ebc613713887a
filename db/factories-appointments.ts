import { newId } from "#server/core/ids.ts";
import { count } from "./factories-values.ts";
import { appointmentEvents, appointments } from "./schema/appointments.ts";
import { serviceMembers, services } from "./schema/scheduling.ts";
import { withTenant } from "./tenant.ts";

type ServiceColumns = typeof services.$inferInsert;
type AppointmentColumns = typeof appointments.$inferInsert;

export interface MadeService {
  tenantId: string;
  serviceId: string;
  name: string;
}

/** Half an hour, unless said otherwise, which these members offer. */
export async function createService(
  { tenantId }: { tenantId: string },
  memberIds: readonly string[],
  values: Partial<ServiceColumns> = {},
): Promise<MadeService> {
  const serviceId = values.id ?? newId();
  const name = values.name ?? `Prestation ${count()}`;
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(services).values({ durationMinutes: 30, ...values, tenantId, id: serviceId, name });
    if (memberIds.length > 0)
      await tx.insert(serviceMembers).values(memberIds.map((userId) => ({ tenantId, serviceId, userId })));
  });
  return { tenantId, serviceId, name };
}

/** An appointment as it stands in the table, half an hour without buffers unless said otherwise, with its first event. */
export async function createAppointment(
  { tenantId, serviceId }: MadeService,
  values: Pick<AppointmentColumns, "userId" | "customerId" | "startsAt"> & Partial<AppointmentColumns>,
): Promise<{ appointmentId: string }> {
  const appointmentId = values.id ?? newId();
  const { startsAt } = values;
  const endsAt = values.endsAt ?? new Date(startsAt.getTime() + 30 * 60_000);
  const times = { blockedFrom: startsAt, blockedUntil: endsAt, statusAt: startsAt };
  await withTenant({ tenantId }, async (tx) => {
    await tx
      .insert(appointments)
      .values({ status: "confirmed", seat: 1, ...times, ...values, endsAt, tenantId, serviceId, id: appointmentId });
    await tx
      .insert(appointmentEvents)
      .values({ tenantId, id: newId(), appointmentId, type: "booked", actorType: "system" });
  });
  return { appointmentId };
}
