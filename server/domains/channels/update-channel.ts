import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import { changeChannel } from "./change-channel.ts";
import type { UpdateChannelInput } from "./schemas.ts";
import { setupSteps } from "./schemas.ts";

/** Changes a channel's name, ticket and assignment rules, observe mode, or how far its set-up has come (never backwards). */
export async function updateChannel(ctx: Ctx, { channelId, setupStep, ...wanted }: UpdateChannelInput): Promise<void> {
  const settings = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    if (wanted.defaultAssigneeId) await requireAssignee(inner, tx, wanted.defaultAssigneeId);
    await changeChannel(inner, channelId, "channel.update", (row) => {
      const further = setupStep && row.configured && orderOf(setupStep) > orderOf(row.setupStep);
      return { ...settings, ...(further ? { setupStep } : {}) };
    });
  });
}

function orderOf(step: string): number {
  return (setupSteps as readonly string[]).indexOf(step);
}
