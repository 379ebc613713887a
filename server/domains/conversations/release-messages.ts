import { and, asc, eq, gt } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueueAll } from "#server/jobs/enqueue.ts";
import { sendQueue } from "./queues.ts";

const perBatch = 500;

/** Gives every message that waits on a channel a job, oldest first: it may send again. */
export async function releaseMessages(ctx: Ctx, channelId: string): Promise<void> {
  const { id, status, direction } = messages;
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const waiting = await withTenant(ctx, (tx) =>
      tx
        .select({ id })
        .from(messages)
        .where(and(eq(status, "pending"), eq(direction, "out"), gt(id, last), eq(messages.channelId, channelId)))
        .orderBy(asc(id))
        .limit(perBatch),
    );
    const { tenantId } = ctx;
    await enqueueAll(
      ctx,
      sendQueue,
      waiting.map((message) => ({ tenantId, messageId: message.id })),
    );
    if (waiting.length < perBatch) return;
    last = waiting.at(-1)!.id;
  }
}
