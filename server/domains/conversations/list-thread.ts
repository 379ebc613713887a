import { cursorOf } from "#db/keyset.ts";
import { memberNameOf } from "#db/look-ups.ts";
import type { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Attachment } from "#server/domains/attachments/index.ts";
import { attachmentsOf } from "#server/domains/attachments/index.ts";
import { hasFiles } from "./message-files.ts";
import type { ListThreadInput } from "./schemas.ts";
import { listThreadInput } from "./schemas.ts";
import type { MessageSource } from "./thread-range.ts";
import { ofThread, threadRange } from "./thread-range.ts";

type MessageRow = typeof messages.$inferSelect;

export interface ThreadMessage extends Pick<
  MessageRow,
  | "id"
  | "direction"
  | "kind"
  | "text"
  | "subject"
  | "media"
  | "data"
  | "reactions"
  | "status"
  | "sentAt"
  | "deliveredAt"
  | "readAt"
  | "failedAt"
  | "errorCode"
  | "errorMessage"
  | "echo"
  | "sentByAi"
  | "editedAt"
  | "deletedAt"
  | "occurredAt"
  | "attempts"
> {
  /** What its writer's page knows it by until it is here; null for what came from outside. */
  key: string | null;
  author: { id: string; name: string } | null;
  /** Its files, in their order. */
  attachments: Attachment[];
  /** The message that this one answers, as far as it is known. */
  quoted: { id: string; text: string; direction: MessageRow["direction"] } | null;
  /** The conversation that it came or went by, where that is not the thread's own; in a customer's view always. */
  via: MessageWay | null;
}

export interface MessageWay {
  conversationId: string;
  channelType: string;
  /** The channel's. */
  name: string;
}

/** A stretch of a conversation without a hole. */
export interface Thread {
  /** Oldest first. */
  messages: ThreadMessage[];
  /** Asks for the page before; null at the beginning of the conversation. */
  olderCursor: string | null;
  /** Asks for the page after; null at its end. */
  newerCursor: string | null;
}

/**
 * The newest messages of a conversation, those before or after a cursor, or those around one of them, notes and events
 * among them; none around a message that is not there. One statement, and another where files are among them.
 */
export async function listThread(ctx: Ctx, input: ListThreadInput): Promise<Thread> {
  const { conversationId, ...place } = listThreadInput.parse(input);
  return readStretch(ctx, ofThread, conversationId, place);
}

/** The messages of a conversation with those merged into it, or of a customer, in their order. */
export async function readStretch(
  ctx: Ctx,
  source: MessageSource,
  whose: string,
  place: Parameters<typeof threadRange>[0],
): Promise<Thread> {
  const range = threadRange(place, source);
  const { rows, files } = await withTenant(ctx, async (tx) => {
    const params = [ctx.tenantId, whose, ...range.params];
    const statement = threadStatement(range.sql, source.saysWay);
    const found = await tx.raw.unsafe<ThreadRow[]>(statement, params as never[], { prepare: true });
    const holders = found.filter((row) => row.media.length > 0 || hasFiles(row.data)).map((row) => row.id);
    return { rows: found, files: await attachmentsOf({ ...ctx, tx }, holders) };
  });
  const { page, hasOlder, hasNewer } = range.pageOf(rows);
  const [oldest, newest] = [page[0], page.at(-1)];
  return {
    messages: page.map(({ authorId, authorName, quotedId, quotedText, quotedDirection, ...row }) => ({
      ...withoutDeleted(row),
      attachments: row.deletedAt ? [] : (files.get(row.id) ?? []),
      author: authorId ? { id: authorId, name: authorName ?? "" } : null,
      quoted: quotedId ? { id: quotedId, text: quotedText ?? "", direction: quotedDirection ?? "in" } : null,
    })),
    olderCursor: hasOlder && oldest ? cursorOf(oldest.occurredAt, oldest.id) : null,
    newerCursor: hasNewer && newest ? cursorOf(newest.occurredAt, newest.id) : null,
  };
}

interface ThreadRow extends Omit<ThreadMessage, "author" | "quoted" | "attachments"> {
  authorId: string | null;
  authorName: string | null;
  quotedId: string | null;
  quotedText: string | null;
  quotedDirection: MessageRow["direction"] | null;
}

const threadStatement = (range: string, saysWay: string) => `
  select m.id, m.direction, m.kind, m.text, m.subject, m.media, m.data, m.reactions, m.status, m.sent_at as "sentAt",
    m.delivered_at as "deliveredAt", m.read_at as "readAt", m.failed_at as "failedAt", m.error_code as "errorCode",
    m.error_message as "errorMessage", m.echo, m.sent_by_ai as "sentByAi", m.edited_at as "editedAt", m.deleted_at as "deletedAt",
    m.occurred_at as "occurredAt", m.attempts, case when m.author_id is not null then m.idempotency_key end as key, m.author_id as "authorId", ${memberNameOf("m.author_id")} as "authorName",
    quoted.id as "quotedId", quoted.text as "quotedText", quoted.direction as "quotedDirection",
    case when ${saysWay} then (
      select jsonb_build_object('conversationId', m.conversation_id, 'channelType', m.channel_type, 'name', way.name)
        from channel_configurations way where way.tenant_id = $1 and way.id = m.channel_id) end as via
  from (${range}) m
  left join lateral (
    select q.id, q.direction, case when q.deleted_at is null then left(q.text, 200) else '' end as text from messages q
     where q.tenant_id = $1 and q.channel_id = m.channel_id and q.external_id = m.reply_to_external_id limit 1
  ) quoted on true
  order by m.occurred_at, m.id`;

/** What its writer took back is not shown, whatever the row still holds. */
function withoutDeleted<T extends Pick<MessageRow, "deletedAt" | "text" | "subject" | "media" | "data" | "reactions">>(
  row: T,
): T {
  if (!row.deletedAt) return row;
  // Whether its customer was erased or somebody took it back is all that is told.
  const data = row.data?.["erased"] ? { erased: true } : null;
  return { ...row, text: "", subject: null, media: [], data, reactions: [] };
}
