import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { forgetConversationCounts } from "./count-conversations.ts";

/** After the commit: open pages look again, and the counts of this process are counted anew. */
export function conversationChanged(tx: TenantTx, conversationId: string): void {
  tx.afterCommit(() => {
    forgetConversationCounts(tx.tenantId);
    publish(tx.tenantId, "conversations", [conversationId]);
  });
}

/** After the commit: threads that show the conversation look again. `messages` carries conversation ids. */
export function threadChanged(tx: TenantTx, conversationId: string): void {
  tx.afterCommit(() => publish(tx.tenantId, "messages", [conversationId]));
}
