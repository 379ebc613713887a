import { desc, eq } from "drizzle-orm";
import { userProfiles } from "#db/schema/tenants.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export interface Replay {
  id: string;
  status: "running" | "done" | "cancelled";
  total: number;
  replayed: number;
  unchanged: number;
  refused: number;
  startedAt: Date;
  finishedAt: Date | null;
  requestedBy: string | null;
  /** It runs, and nobody has taken a step of it lately: its worker died, and another will go on. */
  stalled: boolean;
}

/** The replay that is under way, else the one that ended last within the hour; null: none to speak of. */
export async function findReplay(ctx: Ctx): Promise<Replay | null> {
  const { id, status, total, replayed, unchanged, refused, startedAt, steppedAt, finishedAt } = webhookReplays;
  const [latest] = await withTenant(ctx, (tx) =>
    tx
      .select({
        id,
        status,
        total,
        replayed,
        unchanged,
        refused,
        startedAt,
        steppedAt,
        finishedAt,
        requestedBy: userProfiles.displayName,
      })
      .from(webhookReplays)
      .leftJoin(userProfiles, eq(userProfiles.userId, webhookReplays.requestedBy))
      .orderBy(desc(id))
      .limit(1),
  );
  if (!latest) return null;
  const { steppedAt: last, ...replay } = latest;
  const since = (at: Date) => ctx.clock.now().getTime() - at.getTime();
  if (replay.finishedAt !== null && since(replay.finishedAt) > shownForMs) return null;
  return { ...replay, stalled: replay.status === "running" && since(last) > stalledAfterMs };
}

const shownForMs = 3_600_000;
/** Sooner than the sweep sees it. */
const stalledAfterMs = 10_000;
