import { eq } from "drizzle-orm";
import { newId } from "#server/core/ids.ts";
import { conversations } from "../schema/conversations.ts";
import { conversationLabels, labels } from "../schema/labels.ts";
import type { TenantTx } from "../tenant.ts";
import type { PlannedThread } from "./plan-threads.ts";
import type { DemoBusiness } from "./shape.ts";

/** The words that the business sorts its conversations by, and the conversation that sleeps for two days. */
export async function writeLabels(
  tx: TenantTx,
  { labels: words = [], asleep }: DemoBusiness,
  threads: readonly PlannedThread[],
  now: Date,
): Promise<void> {
  const { tenantId } = tx;
  const threadsOf = (customer: string) => threads.filter(({ script }) => script.customer === customer);
  for (const { name, colour, customers } of words) {
    const labelId = newId();
    await tx.insert(labels).values({ tenantId, id: labelId, name, colour });
    const borne = customers.flatMap(threadsOf).map(({ id }) => ({ tenantId, conversationId: id, labelId }));
    await tx.insert(conversationLabels).values(borne);
  }
  const thread = asleep ? threadsOf(asleep)[0] : undefined;
  if (!thread) return;
  const snoozedUntil = new Date(now.getTime() + 2 * 86_400_000);
  await tx.update(conversations).set({ status: "snoozed", snoozedUntil }).where(eq(conversations.id, thread.id));
}
