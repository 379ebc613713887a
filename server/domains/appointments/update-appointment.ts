import { and, eq } from "drizzle-orm";
import { appointments } from "#db/schema/appointments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findService } from "#server/domains/scheduling/index.ts";
import { lockAppointment } from "./lock-appointment.ts";
import { recordEvent } from "./record-event.ts";
import type { UpdateInput } from "./schemas.ts";
import { updateInput } from "./schemas.ts";

/** Changes what is written about an appointment; what is not given stays. */
export async function updateAppointment(ctx: Ctx, input: UpdateInput): Promise<void> {
  const { appointmentId, ...given } = updateInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId);
    const fields = (["notes", "internalNotes", "location"] as const).filter(
      (field) => given[field] !== undefined && given[field] !== appointment[field],
    );
    if (fields.length === 0) return;
    await tx
      .update(appointments)
      .set({ ...given, updatedAt: ctx.clock.now() })
      .where(and(eq(appointments.tenantId, ctx.tenantId), eq(appointments.id, appointmentId)));
    const { name } = await findService(tx, appointment);
    await recordEvent({ ...ctx, tx }, { ...appointment, serviceName: name }, { type: "changed", data: { fields } });
  });
}
