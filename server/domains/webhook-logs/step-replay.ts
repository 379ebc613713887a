import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { askForRecount } from "./ask-for-recount.ts";
import { eventsInOrder } from "./events-in-order.ts";
import { replayFate, unverifiedReasons } from "./replayable.ts";
import type { ReplayBaton } from "./schemas.ts";
import { logFilter } from "./schemas.ts";

/** Events looked at for each that is put to work: many are often done already and cost a glance. */
const seenForEach = 5;

/** `over`: done, cancelled or in another worker's hands. */
export type ReplayStep = { state: "over" } | { state: "stepped"; ids: string[]; steppedAt: string };

export interface StepInput extends ReplayBaton {
  /** Events put to work at most. */
  most: number;
}

type Running = typeof webhookReplays.$inferSelect;
type Seen = { id: string; fate: "again" | "unchanged" | "refused" };

/**
 * Takes the next events of a running replay, oldest first, and puts those back into the inbox that a
 * replay can help. The place it has come to commits with them: a worker that dies leaves nothing twice,
 * and what it left in the inbox is found by the sweep like anything else there.
 */
export async function stepReplay(ctx: Ctx, { replayId, steppedAt, most }: StepInput): Promise<ReplayStep> {
  return withTenant(ctx, async (tx) => {
    const [replay] = await tx
      .select()
      .from(webhookReplays)
      .where(and(eq(webhookReplays.id, replayId), eq(webhookReplays.status, "running")))
      .for("update", { skipLocked: true });
    if (!replay || (steppedAt && replay.steppedAt.getTime() !== Date.parse(steppedAt))) return { state: "over" };
    const now = ctx.clock.now();
    const seen = await putToWork(tx, replay, most, now);
    const ids = seen.filter((one) => one.fate === "again").map((one) => one.id);
    await askForRecount(tx, ids, now);
    // Only then: what the step before put to work is applied when the replay is done.
    const isLast = seen.length === 0;
    await tx
      .update(webhookReplays)
      .set({
        ...countedWith(replay, seen, isLast),
        steppedAt: now,
        ...(isLast ? { status: "done", finishedAt: now } : {}),
      })
      .where(eq(webhookReplays.id, replayId));
    tx.afterCommit(() => publish(ctx.tenantId, "webhook_logs", [replayId]));
    return { state: "stepped", ids, steppedAt: now.toISOString() };
  });
}

/** Looks at the next events, up to the one with which enough are put to work. */
async function putToWork(tx: TenantTx, replay: Running, most: number, now: Date): Promise<readonly Seen[]> {
  const params: unknown[] = [tx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const mostSeen = `${put(most * seenForEach)}::int`;
  const stretch = { order: "asc", most: mostSeen, above: replay.cursor ?? undefined, upTo: replay.lastId } as const;
  const events = await eventsInOrder(tx, logFilter.parse(revived(replay.filter)), stretch, put);
  const attempt = { at: now.toISOString(), ms: 0, outcome: "replayed" };
  return tx.raw.unsafe<Seen[]>(
    `with looked as materialized (
       select log.id, log.status, ${replayFate} as fate
         from ${events}
         left join channel_configurations channel on channel.tenant_id = log.tenant_id and channel.id = log.channel_id
     ), step as materialized (
       select id, status, fate from (
         select id, status, fate, count(*) filter (where fate = 'again') over (order by id) as work from looked) counted
        where work < ${put(most)}::int or (work = ${put(most)}::int and fate = 'again')
     ), again as (
       update webhook_logs log
          set status = 'received', next_attempt_at = null,
              reason = case when log.reason in (${unverifiedReasons.map((reason) => `'${reason}'`).join(", ")}) then log.reason end,
              attempt_log = log.attempt_log || ${put(JSON.stringify(attempt))}::text::jsonb
         from step
        where log.tenant_id = $1 and log.id = step.id and step.fate = 'again'
          -- Not one that another try has settled since it was looked at.
          and log.status = step.status
        returning log.id
     )
     select step.id, case when step.fate = 'again' and again.id is null then 'unchanged' else step.fate end as fate
       from step left join again on again.id = step.id order by step.id`,
    params as never[],
    { prepare: true },
  );
}

/**
 * The counts with those of this step. Events that no longer match when their turn comes were settled meanwhile, one by
 * one or by retention: at the end they count as left unchanged, so that the three add up to the total.
 */
function countedWith(replay: Running, seen: readonly Seen[], isLast: boolean) {
  const count = (fate: Seen["fate"]) => seen.filter((one) => one.fate === fate).length;
  const replayed = replay.replayed + count("again");
  const refused = replay.refused + count("refused");
  const unchanged = replay.unchanged + count("unchanged");
  const total = Math.max(replay.total, replayed + refused + unchanged);
  return {
    total,
    replayed,
    refused,
    unchanged: isLast ? total - replayed - refused : unchanged,
    cursor: seen.at(-1)?.id ?? replay.cursor,
  };
}

/** Times come back from JSON as text. */
function revived(filter: Record<string, unknown>): Record<string, unknown> {
  const time = (name: string) => (typeof filter[name] === "string" ? { [name]: new Date(filter[name]) } : {});
  return { ...filter, ...time("since"), ...time("until") };
}
