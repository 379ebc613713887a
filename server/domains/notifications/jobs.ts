import { and, eq, inArray } from "drizzle-orm";
import { pushSubscriptions } from "#db/schema/notifications.ts";
import { byTenant, findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import { currentConfig, publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import type { MailOutcome } from "#server/system-mail/index.ts";
import { sendSystemMail } from "#server/system-mail/index.ts";
import { beginPush } from "./begin-push.ts";
import { claimDigests } from "./claim-digests.ts";
import { composeDigest } from "./compose-digest.ts";
import { pathOf, wordNotification } from "./notification-words.ts";
import { pushQueue } from "./queues.ts";
import { sendPush } from "./send-push.ts";
import { settleDigest } from "./settle-digest.ts";

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

/** Rows that one turn looks for; the rest comes with the next. */
const mostMails = 1_000;

/** Mails members what they did not see for a while. */
export const sendDigestsJob = definePeriodic({
  name: "send notification digests",
  everyMs: 30_000,
  run: async ({ clock, signal }) => {
    if (!currentConfig().mail) return;
    const due = byTenant(await findDue("notification_mails", mostMails, clock.now()));
    const send = ([tenantId]: [string, string[]]) =>
      sendDigests(contextFor(tenantId, { type: "job", name: "notifications" }, clock));
    await inTurn(due, send, signal);
  },
});

/** Claimed first, and sent outside any transaction. Where one has to wait for its server, so do the others. */
export async function sendDigests(ctx: Ctx): Promise<void> {
  let away: MailOutcome | null = null;
  for (const digest of await claimDigests(ctx)) {
    const outcome: MailOutcome = away ?? (await sendSystemMail(composeDigest(digest, publicOrigin())));
    if (outcome.outcome === "refused" && outcome.passing) away = outcome;
    await settleDigest(ctx, digest.mailId, outcome);
  }
}
