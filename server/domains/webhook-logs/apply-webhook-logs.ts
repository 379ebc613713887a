import { isDatabaseAway, isPassing } from "#db/database-away.ts";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";
import { claimWebhookLogs } from "./claim-webhook-logs.ts";
import type { EventReader } from "./read-events.ts";
import { readEvents } from "./read-events.ts";
import { eraseWebhookLogs } from "./erase-webhook-logs.ts";
import { findErased } from "./erased-events.ts";
import { noteTakenIn } from "./note-taken-in.ts";
import { actOnEvents } from "./act-on-events.ts";
import { recordFailure, recordOutcomes } from "./record-outcomes.ts";

/**
 * Applies stored events of one tenant in one transaction, a few statements whatever their number, and
 * records what became of each. When that fails the batch is halved until the event at fault stands
 * alone: it is recorded and tried again later, the others are applied. Throws only when the database is away.
 */
export async function applyWebhookLogs(ctx: Ctx, ids: readonly string[], reader: EventReader): Promise<void> {
  if (ids.length === 0) return;
  try {
    await applyTogether(ctx, ids, reader);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    if (isPassing(error)) return applyAgain(ctx, ids, reader);
    await applyApart(ctx, ids, reader, error);
  }
}

async function applyAgain(ctx: Ctx, ids: readonly string[], reader: EventReader): Promise<void> {
  try {
    await applyTogether(ctx, ids, reader);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    await applyApart(ctx, ids, reader, error);
  }
}

async function applyApart(ctx: Ctx, ids: readonly string[], reader: EventReader, error: unknown): Promise<void> {
  const [only] = ids;
  if (ids.length === 1 && only) {
    log.warn({ err: error, tenantId: ctx.tenantId, webhookLogId: only }, "an event could not be applied");
    return recordFailure(ctx, only, error);
  }
  const half = Math.ceil(ids.length / 2);
  await applyWebhookLogs(ctx, ids.slice(0, half), reader);
  await applyWebhookLogs(ctx, ids.slice(half), reader);
}

async function applyTogether(scope: Ctx, ids: readonly string[], reader: EventReader): Promise<void> {
  await withTenant(scope, async (tx) => {
    const ctx = { ...scope, tx };
    const started = performance.now();
    const claimed = await claimWebhookLogs(ctx, ids);
    if (claimed.length === 0) return;
    const events = await readEvents(ctx, claimed, reader);
    const erased = await findErased(tx, events);
    const outcomes = await actOnEvents(
      ctx,
      events.filter((one) => !erased.has(one)),
    );
    for (const { row } of erased) outcomes.push({ row, status: "duplicate", reason: "duplicate" });
    const eachMs = Math.max(1, Math.round((performance.now() - started) / claimed.length));
    await Promise.all([recordOutcomes(ctx, outcomes, eachMs), noteTakenIn(ctx, outcomes, eachMs)]);
    await eraseWebhookLogs(
      tx,
      [...erased].map(({ row }) => row.id),
      ctx.clock.now(),
    );
    announce(tx, claimed);
  });
}

function announce(tx: TenantTx, claimed: readonly ClaimedLog[]): void {
  const ids = claimed.map((row) => row.id);
  tx.afterCommit(() => publish(tx.tenantId, "webhook_logs", ids));
}
