import { sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export interface UnansweredEvent {
  id: string;
  /** Milliseconds that the provider was kept waiting. */
  ms: number;
  /** What it was told instead, or why nobody answered. */
  error: string;
}

/** Notes beside an event's attempts that whoever waited for its answer got the harmless one. What it means is applied all the same. */
export async function noteUnanswered(ctx: Ctx, { id, ms, error }: UnansweredEvent): Promise<void> {
  const attempt = { at: ctx.clock.now().toISOString(), ms, outcome: "unanswered", error: error.slice(0, 500) };
  await withTenant(ctx, async (tx) => {
    await tx.execute(sql`
      update webhook_logs set attempt_log = attempt_log || ${JSON.stringify(attempt)}::jsonb where id = ${id}`);
    tx.afterCommit(() => publish(ctx.tenantId, "webhook_logs", [id]));
  });
}
