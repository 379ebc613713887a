import { publish } from "#db/live.ts";
import { appointmentEvents } from "#db/schema/appointments.ts";
import { customerActivities } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { planMessages } from "#server/domains/appointment-messages/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { AppointmentEventType } from "./schemas.ts";

/** The appointment that something happened to, as its customer's timeline names it. */
export interface TouchedAppointment {
  id: string;
  customerId: string;
  serviceName: string;
  startsAt: Date;
  conversationId: string | null;
  ticketId: string | null;
}

export interface Happening {
  type: AppointmentEventType;
  reason?: string;
  data?: Record<string, unknown>;
}

/** What the customer's own timeline tells: not that a note was written, nor both ends of a move. */
const ofCustomer: ReadonlySet<AppointmentEventType> = new Set<AppointmentEventType>([
  "booked",
  "moved_here",
  "cancelled",
  "completed",
  "no_show",
]);

/**
 * Writes what became of an appointment: its history, the audit and its customer's timeline, and plans what the customer is told;
 * watchers hear after the commit.
 */
export async function recordEvent(
  ctx: Ctx,
  appointment: TouchedAppointment,
  { type, reason = "", data = {} }: Happening,
): Promise<void> {
  const { id: appointmentId, customerId, serviceName, startsAt, conversationId, ticketId } = appointment;
  const at = ctx.clock.now();
  await withTenant(ctx, async (tx) => {
    await Promise.all([
      tx.insert(appointmentEvents).values({
        tenantId: ctx.tenantId,
        id: newId(),
        appointmentId,
        type,
        actorType: ctx.actor.type,
        actorId: memberId(ctx),
        reason,
        data,
        createdAt: at,
      }),
      recordAudit(
        { ...ctx, tx },
        { action: `appointment.${type}`, entityType: "appointment", entityId: appointmentId, data },
      ),
      planMessages({ ...ctx, tx }, { appointmentId, type }),
      ofCustomer.has(type)
        ? tx.insert(customerActivities).values({
            tenantId: ctx.tenantId,
            id: newId(),
            customerId,
            type: "appointment",
            description: serviceName,
            conversationId,
            ticketId,
            metadata: { appointmentId, event: type, startsAt: startsAt.toISOString() },
            createdBy: memberId(ctx),
            occurredAt: at,
            createdAt: at,
          })
        : null,
    ]);
    tx.afterCommit(() => {
      publish(ctx.tenantId, "appointments", [appointmentId]);
      publish(ctx.tenantId, "customers", [customerId]);
    });
  });
}
