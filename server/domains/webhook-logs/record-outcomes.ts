import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { askForRecount } from "./ask-for-recount.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";
import type { WebhookReason, WebhookStatus } from "./ingest-posts.ts";
import { unverifiedReasons } from "./replayable.ts";

/** What became of one event, and the rows it made. */
export interface EventOutcome {
  row: ClaimedLog;
  status: WebhookStatus;
  reason: WebhookReason | null;
  customerId?: string | null;
  conversationId?: string | null;
  messageId?: string | null;
  ticketId?: string | null;
}

/** Writes what became of a batch of claimed events. `eachMs`: time spent on one of them. */
export async function recordOutcomes(ctx: Ctx, outcomes: readonly EventOutcome[], eachMs: number): Promise<void> {
  const at = ctx.clock.now().toISOString();
  const ids = outcomes.map(({ row }) => row.id).toSorted();
  const rows = outcomes.map(({ row, status, reason, customerId, conversationId, messageId, ticketId }) => ({
    id: row.id,
    // One of an account that was unknown has a channel now.
    channel_id: row.channelId,
    status,
    reason,
    customer_id: customerId,
    conversation_id: conversationId,
    message_id: messageId,
    ticket_id: ticketId,
    attempt: { at, ms: eachMs, outcome: status },
  }));
  await withTenant(ctx, async (tx) => {
    await askForRecount(tx, ids, ctx.clock.now());
    await tx.execute(sql`
      update webhook_logs log
         set status = outcome.status, reason = outcome.reason, channel_id = outcome.channel_id,
             customer_id = coalesce(outcome.customer_id, log.customer_id),
             conversation_id = coalesce(outcome.conversation_id, log.conversation_id),
             message_id = coalesce(outcome.message_id, log.message_id),
             ticket_id = coalesce(outcome.ticket_id, log.ticket_id),
             attempts = log.attempts + 1, attempt_log = log.attempt_log || outcome.attempt,
             next_attempt_at = null, error_message = null, processing_time_ms = ${eachMs}, processed_at = ${at}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as outcome (
               id uuid, channel_id uuid, status text, reason text, customer_id uuid, conversation_id uuid, message_id uuid, ticket_id uuid, attempt jsonb)
       where log.id >= ${ids[0]} and log.id <= ${ids.at(-1)} and log.id = any (${`{${ids.join(",")}}`}::uuid[]) and log.id = outcome.id`);
  });
}

/** Tries of one event, the first included, before it is left for a person to look at. */
const mostAttempts = 5;
/** Seconds before the next try. */
const backoff = (attempts: number) => 5 * 4 ** (attempts - 1);

/** Records that an event could not be applied, and when it is tried again, if it is. */
export async function recordFailure(ctx: Ctx, id: string, error: unknown): Promise<void> {
  const now = ctx.clock.now();
  const message = wordsOf(error);
  await withTenant(ctx, async (tx) => {
    const [row] = await tx.execute<{ attempts: number }>(sql`
      select attempts from webhook_logs where id = ${id} and status in ('received', 'retrying') for update skip locked`);
    if (!row) return;
    await askForRecount(tx, [id], now);
    const attempts = row.attempts + 1;
    const last = attempts >= mostAttempts;
    const attempt = { at: now.toISOString(), ms: 0, outcome: "failed", error: message };
    const next = last ? null : new Date(now.getTime() + backoff(attempts) * 1000).toISOString();
    await tx.execute(sql`
      update webhook_logs
         set status = ${last ? "failed" : "retrying"},
             -- A refused event stays one that must be verified, however often it fails.
             reason = case when reason = any (${`{${unverifiedReasons.join(",")}}`}::text[]) then reason else 'handler_error' end,
             attempts = ${attempts},
             attempt_log = attempt_log || ${JSON.stringify(attempt)}::jsonb, next_attempt_at = ${next}::timestamptz,
             error_message = ${message}
       where id = ${id}`);
    tx.afterCommit(() => publish(ctx.tenantId, "webhook_logs", [id]));
  });
}

/** The innermost cause in words, without the statement that failed: its parameters may be anybody's words. */
function wordsOf(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return (at instanceof Error ? at.message : String(at)).replaceAll("\u0000", "").slice(0, 500);
}
