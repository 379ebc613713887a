import { and, eq } from "drizzle-orm";
import { pushSubscriptions } from "#db/schema/notifications.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, forbidden, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { refusePrivateHost } from "#server/core/reach.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { DeviceRef, SubscribeInput } from "./schemas.ts";

/** A member may have so many browsers woken; the oldest one gives way. */
const mostDevices = 20;

/** Lets this browser be woken for the acting member. The same browser twice is once, and belongs to who asked last. */
export async function subscribeDevice(ctx: Ctx, input: SubscribeInput): Promise<{ deviceId: string }> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  const { endpoint, p256dh, auth, userAgent = null } = input;
  refusePrivate(endpoint);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    const keys = { userId, p256dh, auth, userAgent };
    const [row] = await tx
      .insert(pushSubscriptions)
      .values({ tenantId: ctx.tenantId, id, endpoint, ...keys, createdAt: ctx.clock.now() })
      .onConflictDoUpdate({ target: [pushSubscriptions.tenantId, pushSubscriptions.endpoint], set: keys })
      .returning({ id: pushSubscriptions.id });
    await tx.raw.unsafe(
      `delete from push_subscriptions where tenant_id = $1 and user_id = $2 and id in (
         select id from push_subscriptions where tenant_id = $1 and user_id = $2 order by id desc offset ${mostDevices})`,
      [ctx.tenantId, userId],
    );
    const deviceId = row?.id ?? id;
    await recordAudit(
      { ...ctx, tx },
      { action: "profile.add_device", entityType: "member", entityId: userId, data: { deviceId } },
    );
    return { deviceId };
  });
}

/** Wakes one of the acting member's browsers no more. */
export async function removeDevice(ctx: Ctx, { deviceId }: DeviceRef): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .delete(pushSubscriptions)
      .where(and(eq(pushSubscriptions.id, deviceId), eq(pushSubscriptions.userId, userId)))
      .returning({ id: pushSubscriptions.id });
    if (!row) throw notFound();
    await recordAudit(
      { ...ctx, tx },
      { action: "profile.remove_device", entityType: "member", entityId: userId, data: { deviceId } },
    );
  });
}

/** The address comes from a browser, and is written to by the program. */
function refusePrivate(endpoint: string): void {
  try {
    refusePrivateHost(new URL(endpoint));
  } catch (cause) {
    throw new DomainError("invalid", "invalid", { fields: { endpoint: "host_private" }, cause });
  }
}
