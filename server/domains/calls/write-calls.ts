import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { CallPlace } from "#server/domains/conversations/index.ts";
import type { CallFacts } from "./call-facts.ts";
import { columnsOf } from "./call-row.ts";
import type { HeldCall } from "./hold-calls.ts";
import { nextLook } from "./next-look.ts";

export interface WrittenCall {
  call: HeldCall;
  facts: CallFacts;
  /** When it is to be looked at because it was missed just now. */
  followUpAt: Date | null;
  place: CallPlace | null;
  webhookLogId: string | null;
  /** Names of its events, the latest last. */
  seen: readonly string[];
}

/** Event names a call remembers: more than any provider sends again at once. */
const mostSeen = 100;

/** Sets held calls to what is known of them, in one statement. */
export async function writeCalls(ctx: Ctx, written: readonly WrittenCall[]): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map(({ call, facts, followUpAt, place, webhookLogId, seen }) => {
    const { told, ...columns } = columnsOf(facts);
    return {
      id: call.id,
      ...columns,
      metadata: { told, seen: seen.slice(-mostSeen) },
      customer_id: place?.customerId ?? null,
      conversation_id: place?.conversationId ?? null,
      message_id: place?.messageId ?? null,
      log_id: webhookLogId,
      reconcile_at: nextLook(facts, ctx.clock.now()),
      follow_up_at: followUpAt,
    };
  });
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      update call_logs call
         set direction = told.direction, status = told.status, started_at = told.started_at, answered_at = told.answered_at,
             ended_at = told.ended_at, duration_seconds = told.duration_seconds, from_number = told.from_number, to_number = told.to_number,
             forwarded_from = told.forwarded_from, assistant_id = told.assistant_id, cost_cents = told.cost_cents,
             currency = coalesce(told.currency, call.currency), recording_url = told.recording_url, summary = told.summary,
             sentiment = told.sentiment, ended_reason = told.ended_reason, transcript = told.transcript,
             customer_id = coalesce(told.customer_id, call.customer_id),
             conversation_id = coalesce(told.conversation_id, call.conversation_id),
             message_id = coalesce(told.message_id, call.message_id),
             reconcile_at = told.reconcile_at, follow_up_at = coalesce(told.follow_up_at, call.follow_up_at), webhook_log_id = coalesce(told.log_id, call.webhook_log_id),
             metadata = call.metadata || told.metadata,
             updated_at = ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as told (
               id uuid, direction text, status text, started_at timestamptz, answered_at timestamptz, ended_at timestamptz,
               duration_seconds integer, from_number text, to_number text, forwarded_from text, assistant_id text, cost_cents integer,
               currency text, recording_url text, summary text, sentiment text, ended_reason text, transcript jsonb, metadata jsonb,
               reconcile_at timestamptz, follow_up_at timestamptz, customer_id uuid, conversation_id uuid, message_id uuid, log_id uuid)
       where call.id = told.id and call.id = any (${`{${written.map(({ call }) => call.id).join(",")}}`}::uuid[])`),
  );
}
