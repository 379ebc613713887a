import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { enqueueAll } from "#server/jobs/enqueue.ts";
import type { MediaRef } from "#server/providers/contract.ts";
import { fetchQueue } from "./queues.ts";

/** The files that a provider named for one message or call. */
export interface NamedFiles {
  messageId?: string | null;
  callId?: string | null;
  channelId: string;
  media: readonly MediaRef[];
}

/** More files than this in one message are a provider's mistake. */
const mostFiles = 50;

/**
 * Writes the files of new messages as `waiting` and enqueues their fetching, in the caller's transaction:
 * two statements for any number of messages, none where nothing has a file. A file that the provider
 * itself could not deliver is `refused` at once.
 */
export async function keepMediaRefs(ctx: Ctx, named: readonly NamedFiles[]): Promise<void> {
  const rows = named.flatMap(({ messageId = null, callId = null, channelId, media }) =>
    media.slice(0, mostFiles).map((source, position) => ({
      id: newId(),
      message_id: messageId,
      call_id: callId,
      channel_id: channelId,
      position,
      kind: source.kind,
      status: isFetchable(source) ? "waiting" : "refused",
      reason: isFetchable(source) ? null : "provider_refused",
      file_name: source.fileName,
      declared_type: source.mimeType,
      bytes: source.bytes,
      content_id: source.contentId ?? null,
      source,
    })),
  );
  if (rows.length === 0) return;
  const now = ctx.clock.now().toISOString();
  await withTenant(ctx, async (tx) => {
    await tx.execute(sql`
      insert into attachments (tenant_id, id, message_id, call_id, channel_id, position, kind, status, reason, file_name, declared_type,
                               bytes, inline, content_id, source, created_at, updated_at)
      select ${ctx.tenantId}::uuid, id, message_id, call_id, channel_id, position, kind, status, reason, file_name, declared_type,
             bytes, content_id is not null, content_id, source, ${now}::timestamptz, ${now}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as named (id uuid, message_id uuid, call_id uuid, channel_id uuid, position integer, kind text, status text, reason text,
                    file_name text, declared_type text, bytes integer, content_id text, source jsonb)`);
    const waiting = rows.filter((row) => row.status === "waiting");
    await enqueueAll(
      { ...ctx, tx },
      fetchQueue,
      waiting.map(({ id }) => ({ tenantId: ctx.tenantId, attachmentId: id })),
    );
  });
}

const isFetchable = ({ error, mediaId, url }: MediaRef) => error === null && (mediaId !== null || url !== null);
