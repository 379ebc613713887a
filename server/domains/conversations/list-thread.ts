import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { messages } from "#db/schema/conversations.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { readCursor, writeCursor } from "./page-cursor.ts";
import type { ListThreadInput } from "./schemas.ts";
import { listThreadInput } from "./schemas.ts";

type MessageRow = typeof messages.$inferSelect;

export interface ThreadMessage
  extends Pick<
    MessageRow,
    | "id" | "direction" | "kind" | "text" | "media" | "data" | "reactions" | "status" | "sentAt" | "deliveredAt" | "readAt"
    | "failedAt" | "errorCode" | "errorMessage" | "echo" | "sentByAi" | "editedAt" | "deletedAt" | "occurredAt" | "attempts"
  > {
  author: { id: string; name: string } | null;
  /** The message that this one answers, as far as it is known. */
  quoted: { id: string; text: string; direction: MessageRow["direction"] } | null;
}

export interface Thread {
  /** Oldest first. */
  messages: ThreadMessage[];
  /** Asks for the page before; null at the beginning of the conversation. */
  olderCursor: string | null;
}

/** The newest messages of a conversation, or those before a cursor, notes and events among them. One statement. */
export async function listThread(ctx: Ctx, input: ListThreadInput): Promise<Thread> {
  const { conversationId, before, limit } = listThreadInput.parse(input);
  const until = before ? readCursor(before) : null;
  const quoted = alias(messages, "quoted");
  const m = messages;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({
        id: m.id, direction: m.direction, kind: m.kind, text: m.text, media: m.media, data: m.data, reactions: m.reactions,
        status: m.status, sentAt: m.sentAt, deliveredAt: m.deliveredAt, readAt: m.readAt, failedAt: m.failedAt,
        errorCode: m.errorCode, errorMessage: m.errorMessage, echo: m.echo, sentByAi: m.sentByAi, editedAt: m.editedAt,
        deletedAt: m.deletedAt, occurredAt: m.occurredAt, attempts: m.attempts, authorId: m.authorId, authorName: userProfiles.displayName,
        quotedId: quoted.id, quotedText: sql<string | null>`left(${quoted.text}, 200)`, quotedDirection: quoted.direction,
        quotedDeletedAt: quoted.deletedAt,
      })
      .from(m)
      .leftJoin(userProfiles, and(eq(userProfiles.tenantId, m.tenantId), eq(userProfiles.userId, m.authorId)))
      .leftJoin(
        quoted,
        and(eq(quoted.tenantId, m.tenantId), eq(quoted.channelId, m.channelId), eq(quoted.externalId, m.replyToExternalId)),
      )
      .where(
        and(
          eq(m.conversationId, conversationId),
          until ? or(lt(m.occurredAt, until.at), and(eq(m.occurredAt, until.at), lt(m.id, until.id))) : undefined,
        ),
      )
      .orderBy(desc(m.occurredAt), desc(m.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const oldest = page.at(-1);
  return {
    messages: page.toReversed().map(({ authorId, authorName, quotedId, quotedText, quotedDirection, quotedDeletedAt, ...row }) => ({
      ...withoutDeleted(row),
      author: authorId ? { id: authorId, name: authorName ?? "" } : null,
      quoted: quotedId ? { id: quotedId, text: quotedDeletedAt ? "" : (quotedText ?? ""), direction: quotedDirection ?? "in" } : null,
    })),
    olderCursor: rows.length > limit && oldest ? writeCursor({ at: oldest.occurredAt, id: oldest.id }) : null,
  };
}

/** What its writer took back is not shown, whatever the row still holds. */
function withoutDeleted<T extends Pick<MessageRow, "deletedAt" | "text" | "media" | "data" | "reactions">>(row: T): T {
  return row.deletedAt ? { ...row, text: "", media: [], data: null, reactions: [] } : row;
}
