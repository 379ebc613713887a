import { eq } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { DomainError, notFound } from "#server/core/errors.ts";

export type ConversationRow = typeof conversations.$inferSelect;

/**
 * The conversation, locked until the transaction ends. `not_found` when the tenant has no such one, `conversation_merged`
 * where it goes on in another: what is to be done to it is done to that.
 */
export async function lockConversation(tx: TenantTx, conversationId: string): Promise<ConversationRow> {
  const row = await lockRow(tx, conversationId);
  if (row.status === "merged") throw new DomainError("conflict", "conversation_merged");
  return row;
}

/** The conversation in whose thread this one is read, itself unless it was merged, locked. */
export async function lockThread(tx: TenantTx, conversationId: string): Promise<ConversationRow> {
  const [row] = await tx
    .select({ threadId: conversations.threadId })
    .from(conversations)
    .where(eq(conversations.id, conversationId));
  if (!row) throw notFound();
  return lockRow(tx, row.threadId ?? conversationId);
}

/** The conversation as the address that it is, merged or not, locked: after its thread, in the order of whoever writes. */
export async function lockAddress(tx: TenantTx, conversationId: string): Promise<ConversationRow> {
  const thread = await lockThread(tx, conversationId);
  return thread.id === conversationId ? thread : lockRow(tx, conversationId);
}

/** In SQL: the ids of the conversations that are read in the thread of one, `conversationId` in SQL; $1 is the tenant. */
export const partsOfThread = (conversationId: string) => `
  select coalesce(thread_id, id) as id from conversations where tenant_id = $1 and id = ${conversationId}
   union all
  select part.id from conversations part
   where part.tenant_id = $1
     and part.thread_id = (select coalesce(thread_id, id) from conversations where tenant_id = $1 and id = ${conversationId})`;

async function lockRow(tx: TenantTx, conversationId: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, conversationId)).for("update");
  if (!row) throw notFound();
  return row;
}

/** In SQL: those ids as an array, `ids`, and when the customer was last heard on any of them, `heard_at`. */
export const heardIn = (conversationId: string) => `
  select array_agg(id) as ids, max(last_inbound_at) as heard_at
    from conversations where tenant_id = $1 and id in (${partsOfThread(conversationId)})`;
