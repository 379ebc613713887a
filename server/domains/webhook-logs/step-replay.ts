import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { askForRecount } from "./ask-for-recount.ts";
import { filterConditions } from "./log-filter.ts";
import { replayFate, unverifiedReasons } from "./replayable.ts";
import { logFilter, type ReplayRef } from "./schemas.ts";

/** Events looked at in one step: as many as the drain takes in a turn. */
const eventsPerStep = 200;

/** `over`: done, cancelled or in another worker's hands. */
export type ReplayStep = { state: "over" } | { state: "stepped"; ids: string[] };

/**
 * Takes the next events of a running replay, oldest first, and puts those back into the inbox that a
 * replay can help. The place it has come to commits with them: a worker that dies leaves nothing twice.
 */
export async function stepReplay(ctx: Ctx, { replayId }: ReplayRef): Promise<ReplayStep> {
  return withTenant(ctx, async (tx) => {
    const [replay] = await tx
      .select()
      .from(webhookReplays)
      .where(and(eq(webhookReplays.id, replayId), eq(webhookReplays.status, "running")))
      .for("update", { skipLocked: true });
    if (!replay) return { state: "over" };
    const now = ctx.clock.now();
    const params: unknown[] = [ctx.tenantId];
    const put = (value: unknown) => `$${params.push(value)}`;
    const conditions = await filterConditions(tx, logFilter.parse(revived(replay.filter)), put);
    if (replay.cursor) conditions.push(`log.id > ${put(replay.cursor)}::uuid`);
    conditions.push(`log.id <= ${put(replay.lastId)}::uuid`);
    const attempt = { at: now.toISOString(), ms: 0, outcome: "replayed" };
    const seen = await tx.raw.unsafe<{ id: string; fate: "again" | "unchanged" | "refused" }[]>(
      `with step as materialized (
         select log.id, ${replayFate} as fate
           from (select * from webhook_logs log where ${conditions.join(" and ")} order by log.id limit ${eventsPerStep}) log
           left join channel_configurations channel on channel.tenant_id = log.tenant_id and channel.id = log.channel_id
       ), again as (
         update webhook_logs log
            set status = 'received', next_attempt_at = null,
                reason = case when log.reason in (${unverifiedReasons.map((reason) => `'${reason}'`).join(", ")}) then log.reason end,
                attempt_log = log.attempt_log || ${put(JSON.stringify(attempt))}::text::jsonb
           from step
          where log.tenant_id = $1 and log.id = step.id and step.fate = 'again'
       )
       select id, fate from step order by id`,
      params as never[],
      { prepare: true },
    );
    await askForRecount(tx, again(seen), now);
    const count = (fate: string) => seen.filter((one) => one.fate === fate).length;
    const isLast = seen.length < eventsPerStep;
    await tx
      .update(webhookReplays)
      .set({
        replayed: replay.replayed + count("again"),
        unchanged: replay.unchanged + count("unchanged"),
        refused: replay.refused + count("refused"),
        cursor: seen.at(-1)?.id ?? replay.cursor,
        steppedAt: now,
        ...(isLast ? { status: "done" as const, finishedAt: now } : {}),
      })
      .where(eq(webhookReplays.id, replayId));
    tx.afterCommit(() => publish(ctx.tenantId, "webhook_logs", [replayId]));
    return { state: "stepped", ids: again(seen) };
  });
}

function again(seen: readonly { id: string; fate: string }[]): string[] {
  return seen.filter((one) => one.fate === "again").map((one) => one.id);
}

/** Times come back from JSON as text. */
function revived(filter: Record<string, unknown>): Record<string, unknown> {
  const time = (name: string) => (typeof filter[name] === "string" ? { [name]: new Date(filter[name]) } : {});
  return { ...filter, ...time("since"), ...time("until") };
}
