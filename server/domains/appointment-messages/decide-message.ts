import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { MessageRef } from "./schemas.ts";
import { sendAppointmentMessage } from "./send-message.ts";

/** A member does not want it said: it stays unsent, and says so. `not_waiting` for what left or was dropped already. */
export async function dropMessage(ctx: Ctx, { messageId }: MessageRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await decide(ctx, tx, messageId, "appointment.drop_message", {
      set: "status = 'not_sent', reason = 'by_hand'",
      where: "status = 'planned'",
    });
  });
}

/**
 * A member wants it to leave now, whatever the hour: what is planned, or what they or a channel had kept from leaving. It is looked at like
 * any other, and may be refused with a reason that its row shows. `not_waiting` for what was sent, and where the appointment is no longer so.
 */
export async function sendMessageNow(ctx: Ctx, { messageId }: MessageRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await decide(ctx, tx, messageId, "appointment.send_message", {
      set: "status = 'planned', reason = null, asked = true, due_at = $3::timestamptz",
      where: `(status = 'planned' or reason in ('by_hand', 'turned_off', 'quiet_hours', 'opted_out', 'window_closed', 'no_way', 'channel_unavailable', 'too_long'))`,
    });
    // By the program, like the others: a member's name stands under what they wrote themselves.
    const program = contextFor(ctx.tenantId, { type: "job", name: "appointment messages" }, ctx.clock);
    await sendAppointmentMessage({ ...program, tx }, messageId);
  });
}

async function decide(
  ctx: Ctx,
  tx: TenantTx,
  messageId: string,
  action: string,
  { set, where }: { set: string; where: string },
): Promise<void> {
  const params = [ctx.tenantId, messageId, ctx.clock.now()] as never[];
  // Whoever sends it or changes the appointment locks its customer first.
  const [whose] = await tx.raw.unsafe<{ appointmentId: string }[]>(
    `select appointment.id as "appointmentId"
       from appointment_messages told
       join appointments appointment on appointment.tenant_id = $1 and appointment.id = told.appointment_id
       join customers customer on customer.tenant_id = $1 and customer.id = appointment.customer_id
      where told.tenant_id = $1 and told.id = $2::uuid for no key update of customer`,
    params.slice(0, 2),
    { prepare: true },
  );
  if (!whose) throw notFound();
  const changed = await tx.raw.unsafe<{ kind: string }[]>(
    `update appointment_messages set ${set}, updated_at = $3::timestamptz where tenant_id = $1 and id = $2::uuid and ${where} returning kind`,
    params,
    { prepare: true },
  );
  if (!changed[0]) throw new DomainError("conflict", "not_waiting");
  const { appointmentId } = whose;
  await recordAudit(
    { ...ctx, tx },
    { action, entityType: "appointment", entityId: appointmentId, data: { messageId, kind: changed[0].kind } },
  );
  tx.afterCommit(() => publish(ctx.tenantId, "appointments", [appointmentId]));
}
