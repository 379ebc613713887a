import { and, eq, inArray } from "drizzle-orm";
import { pushSubscriptions } from "#db/schema/notifications.ts";
import { withTenant } from "#db/tenant.ts";
import { publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { defineJob } from "#server/jobs/define-job.ts";
import { beginPush } from "./begin-push.ts";
import { pathOf, wordNotification } from "./notification-words.ts";
import { pushQueue } from "./queues.ts";
import { sendPush } from "./send-push.ts";

/** Wakes the devices of a member who has not seen a notification yet. */
export const pushNotificationJob = defineJob({
  queue: pushQueue,
  handler: ({ tenantId, notificationId }, { clock }) =>
    pushNotification(contextFor(tenantId, { type: "job", name: pushQueue.name }, clock), notificationId),
});

/** Devices that are gone are forgotten; a push service that asks for patience is asked again with the job. */
async function pushNotification(ctx: Ctx, notificationId: string): Promise<void> {
  const begun = await beginPush(ctx, notificationId);
  if (!begun || begun.devices.length === 0) return;
  const { title, body } = wordNotification(begun.locale, begun);
  const url = `${publicOrigin()}/t/${begun.tenant.slug}/${pathOf(begun)}`;
  const message = { title, body, url, tag: `${begun.kind} ${begun.subjectId}` };
  const outcomes = await Promise.all(
    begun.devices.map(async (device) => ({ id: device.id, outcome: await sendPush(device, message) })),
  );
  const gone = outcomes.filter(({ outcome }) => outcome === "gone").map(({ id }) => id);
  if (gone.length > 0) {
    await withTenant(ctx, (tx) =>
      tx
        .delete(pushSubscriptions)
        .where(and(eq(pushSubscriptions.tenantId, ctx.tenantId), inArray(pushSubscriptions.id, gone))),
    );
  }
  // A device that took it shows a second one of the same name in its place: no harm in asking all of them again.
  if (outcomes.some(({ outcome }) => outcome === "later")) throw new Error("a push service did not take a message");
}
