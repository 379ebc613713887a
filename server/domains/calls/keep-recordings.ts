import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { MediaRef } from "#server/providers/contract.ts";

/** A recording that a provider keeps for a while. */
export interface NamedRecording {
  callId: string;
  channelId: string;
  media: MediaRef;
}

/** Notes recordings to be fetched: Retell's addresses die after a day. */
export async function keepRecordings(ctx: Ctx, recordings: readonly NamedRecording[]): Promise<void> {
  if (recordings.length === 0) return;
  const rows = recordings.map(({ callId, channelId, media }) => ({
    id: newId(),
    call_id: callId,
    channel_id: channelId,
    kind: media.kind,
    file_name: media.fileName,
    declared_type: media.mimeType,
    source: media,
  }));
  const now = ctx.clock.now().toISOString();
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      insert into attachments (tenant_id, id, call_id, channel_id, kind, status, file_name, declared_type, source, created_at, updated_at)
      select ${ctx.tenantId}::uuid, id, call_id, channel_id, kind, 'waiting', file_name, declared_type, source, ${now}::timestamptz, ${now}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as named (id uuid, call_id uuid, channel_id uuid, kind text, file_name text, declared_type text, source jsonb)`),
  );
}
