import { eq, sql } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ChannelRow } from "./find-channel.ts";

/** The lines of a channel's checklist that failed when it was last run. */
export interface LastTest {
  at: Date;
  failed: { check: string; reason: string | null }[];
}

/** Keeps what a test found: what is known of a channel that falls silent later. */
export async function keepTest(ctx: Ctx, channelId: string, failed: LastTest["failed"]): Promise<void> {
  const kept = JSON.stringify({ lastTest: { at: ctx.clock.now(), failed } });
  const { id, webhookMetadata } = channelConfigurations;
  await withTenant(ctx, (tx) =>
    tx
      .update(channelConfigurations)
      .set({ webhookMetadata: sql`${webhookMetadata} || ${kept}::jsonb` })
      .where(eq(id, channelId)),
  );
}

export function lastTestOf({ webhookMetadata }: Pick<ChannelRow, "webhookMetadata">): LastTest | null {
  const kept = webhookMetadata.lastTest as { at: string; failed: LastTest["failed"] } | undefined;
  return kept ? { at: new Date(kept.at), failed: kept.failed } : null;
}
