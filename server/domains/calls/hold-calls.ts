import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { callLogs } from "#db/schema/calls.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { CallEvent } from "./call-facts.ts";
import type { CallRow } from "./call-row.ts";
import { firstLook } from "./next-look.ts";

/** A call's row, held by this transaction until it ends. */
export interface HeldCall {
  /** Channel id, space, the provider's call id. */
  key: string;
  id: string;
  /** Nothing was known of it before. */
  isNew: boolean;
  /** Names of the events it was told, the latest last. */
  seen: string[];
  row: CallRow;
}

/** Finds or begins the row of each call and holds it: two batches that tell of one call follow each other. */
export async function holdCalls(
  ctx: Ctx,
  told: readonly { channelId: string; event: Pick<CallEvent, "callId" | "direction" | "occurredAt"> }[],
): Promise<Map<string, HeldCall>> {
  const wanted = new Map(
    told.map(({ channelId, event }) => [
      `${channelId} ${event.callId}`,
      {
        id: newId(),
        channel_id: channelId,
        external_id: event.callId,
        direction: event.direction,
        started_at: event.occurredAt,
      },
    ]),
  );
  const rows = [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const now = ctx.clock.now().toISOString();
  return withTenant(ctx, async (tx) => {
    const begun = await tx.execute<{ id: string }>(sql`
      insert into call_logs (tenant_id, id, channel_id, provider, external_id, direction, status, started_at, reconcile_at,
                             created_at, updated_at)
      select ${ctx.tenantId}::uuid, wanted.id, channel.id, channel.provider, external_id, direction, 'queued', started_at,
             ${firstLook(ctx.clock.now()).toISOString()}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as wanted (id uuid, channel_id uuid, external_id text, direction text, started_at timestamptz)
       cross join lateral (select * from channel_configurations where id = wanted.channel_id offset 0) channel
       order by channel_id, external_id
      on conflict (tenant_id, channel_id, external_id) do nothing
      returning id`);
    const isNew = new Set(begun.map((row) => row.id));
    const held = await tx.execute<{ id: string }>(sql`
      select call.id
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as wanted (channel_id uuid, external_id text)
       cross join lateral (
         select id from call_logs where channel_id = wanted.channel_id and external_id = wanted.external_id offset 0 for update) call`);
    if (held.length < wanted.size) throw notFound();
    const found = await tx
      .select()
      .from(callLogs)
      .where(sql`${callLogs.id} = any (${`{${held.map((row) => row.id).join(",")}}`}::uuid[])`);
    return new Map(found.map((row) => [`${row.channelId} ${row.externalId}`, heldCall(row, isNew.has(row.id))]));
  });
}

function heldCall(row: CallRow, isNew: boolean): HeldCall {
  const seen = Array.isArray(row.metadata.seen) ? (row.metadata.seen as string[]) : [];
  return { key: `${row.channelId} ${row.externalId}`, id: row.id, isNew, seen, row };
}
