import { eq, sql } from "drizzle-orm";
import { callLogs } from "#db/schema/calls.ts";
import { findDue, type Due } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import type { CallEvent } from "./call-facts.ts";
import { isUnderWay, saysNothing } from "./call-facts.ts";
import { factsOfRow } from "./call-row.ts";
import { forgottenAfterMs, nextLook } from "./next-look.ts";
import { recordCalls } from "./record-calls.ts";

/** A call whose events stopped coming before all was said. */
export interface SilentCall {
  id: string;
  channelId: string;
  externalId: string;
  direction: "in" | "out";
  startedAt: Date;
  underWay: boolean;
}

const most = 200;

/** Calls whose provider is to be asked now, across tenants, the longest due first. */
export const findSilentCalls = (clock: Clock): Promise<Due[]> => findDue("calls", most, clock.now());

/**
 * Takes calls of one tenant to ask about them: nobody else takes them, and the next look is set already, so
 * that neither a crash nor a provider that does not answer brings them back at once.
 */
export async function takeSilentCalls(ctx: Ctx, callIds: readonly string[]): Promise<SilentCall[]> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(callLogs)
      .where(
        sql`${callLogs.id} = any (${`{${callIds.join(",")}}`}::uuid[]) and ${callLogs.reconcileAt} <= ${now.toISOString()}::timestamptz`,
      )
      .for("update", { skipLocked: true });
    for (const row of rows) {
      const reconcileAt = nextLook(factsOfRow(row), now);
      await tx.update(callLogs).set({ reconciledAt: now, reconcileAt }).where(eq(callLogs.id, row.id));
    }
    return rows.map((row) => ({
      id: row.id,
      channelId: row.channelId,
      externalId: row.externalId,
      direction: row.direction,
      startedAt: row.startedAt,
      underWay: isUnderWay(row),
    }));
  });
}

/** Records what the provider said of a call when it was asked. The same answer twice is one event. */
export async function recordAnswer(ctx: Ctx, call: SilentCall, event: CallEvent): Promise<void> {
  const dedupeKey = `asked:${digest(JSON.stringify(event))}`;
  await recordCalls(ctx, [{ channelId: call.channelId, webhookLogId: null, dedupeKey, event }]);
}

/**
 * Ends a call that its provider does not know, or that is too old to be going on. Said as of its beginning
 * and with the weakest of ends: whatever is heard later says more.
 */
export async function giveUpCall(ctx: Ctx, call: SilentCall, known: boolean): Promise<void> {
  const age = ctx.clock.now().getTime() - call.startedAt.getTime();
  if (!call.underWay || (known && age < forgottenAfterMs)) return;
  await recordAnswer(ctx, call, {
    ...saysNothing,
    callId: call.externalId,
    direction: call.direction,
    status: "completed",
    endedReason: "no_news",
    occurredAt: call.startedAt,
  });
}
