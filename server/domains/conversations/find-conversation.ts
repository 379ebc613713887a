import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { notFound } from "#server/core/errors.ts";

export type ConversationRow = typeof conversations.$inferSelect;

/** The conversation, locked until the transaction ends. `not_found` when the tenant has no such one. */
export async function lockConversation(tx: TenantTx, conversationId: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, conversationId)).for("update");
  if (!row) throw notFound();
  return row;
}
