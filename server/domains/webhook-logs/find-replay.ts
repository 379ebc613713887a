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
}

/** The replay that is under way, else the one that ended last within the hour; null: none to speak of. */
export async function findReplay(ctx: Ctx): Promise<Replay | null> {
  const { id, status, total, replayed, unchanged, refused, startedAt, finishedAt } = webhookReplays;
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
        finishedAt,
        requestedBy: userProfiles.displayName,
      })
      .from(webhookReplays)
      .leftJoin(userProfiles, eq(userProfiles.userId, webhookReplays.requestedBy))
      .orderBy(desc(id))
      .limit(1),
  );
  if (!latest) return null;
  const isOld = latest.finishedAt !== null && ctx.clock.now().getTime() - latest.finishedAt.getTime() > shownForMs;
  return isOld ? null : latest;
}

const shownForMs = 3_600_000;
