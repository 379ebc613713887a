import { and, eq, ne } from "drizzle-orm";
import { appointments } from "#db/schema/appointments.ts";
import type { TenantTx } from "#db/tenant.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { lockCustomer } from "#server/domains/customers/index.ts";
import type { AppointmentStatus } from "./schemas.ts";

type Row = typeof appointments.$inferSelect;
/** A row that is somebody's. */
export type Appointment = Row & { customerId: string; status: AppointmentStatus };

/**
 * An appointment that is to be changed: its customer is locked first, then what `meanwhile` locks (the days it leaves and
 * comes to), then its row. Everybody takes these in this order. `not_found` for a hold, or another tenant's.
 */
export async function lockAppointment(
  tx: TenantTx,
  appointmentId: string,
  meanwhile?: (found: Appointment) => Promise<void>,
): Promise<Appointment> {
  const one = and(
    eq(appointments.tenantId, tx.tenantId),
    eq(appointments.id, appointmentId),
    ne(appointments.status, "held"),
  );
  const [found] = await tx.select().from(appointments).where(one);
  if (!found?.customerId) throw notFound();
  await lockCustomer(tx, found.customerId);
  await meanwhile?.(found as Appointment);
  const [locked] = await tx.select().from(appointments).where(one).for("update");
  if (!locked?.customerId) throw notFound();
  return locked as Appointment;
}

/** Refuses what became something else meanwhile. */
export function requireStatus({ status }: Appointment, ...allowed: AppointmentStatus[]): void {
  if (!allowed.includes(status)) throw new DomainError("conflict", "wrong_status");
}
