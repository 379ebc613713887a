import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** Has a channel's templates read again at the next sweep: the provider refused one that is approved here. */
export async function readTemplatesSoon(ctx: Ctx, { channelId }: { channelId: string }): Promise<void> {
  const { id } = channelConfigurations;
  await withTenant(ctx, (tx) =>
    tx.update(channelConfigurations).set({ templatesDueAt: null }).where(eq(id, channelId)),
  );
}
