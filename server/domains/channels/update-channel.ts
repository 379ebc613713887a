import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { giveWaiting } from "#server/domains/assignment/index.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import { requireTeam } from "#server/domains/teams/index.ts";
import { changeChannel } from "./change-channel.ts";
import type { ChannelRow } from "./find-channel.ts";
import type { UpdateChannelInput } from "./schemas.ts";
import { setupSteps } from "./schemas.ts";

/** Changes a channel's name, ticket and assignment rules, observe mode, or how far its set-up has come (never backwards). */
export async function updateChannel(ctx: Ctx, { channelId, setupStep, ...wanted }: UpdateChannelInput): Promise<void> {
  const settings = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    if (wanted.defaultAssigneeId) await requireAssignee(inner, tx, wanted.defaultAssigneeId);
    if (wanted.defaultTeamId) await requireTeam(tx, wanted.defaultTeamId);
    await changeChannel(inner, channelId, "channel.update", (row) => {
      const further = setupStep && row.configured && orderOf(setupStep) > orderOf(row.setupStep);
      refuseNobody({ ...row, ...settings });
      return { ...settings, ...(further ? { setupStep } : {}) };
    });
    await giveWaiting(inner);
  });
}

/** Work is shared within a team, and given to somebody who is named. */
function refuseNobody(row: Pick<ChannelRow, "assignment" | "defaultTeamId" | "defaultAssigneeId">): void {
  if (row.assignment === "member" && !row.defaultAssigneeId) throw invalid({ defaultAssigneeId: "required" });
  const isShared = row.assignment === "round_robin" || row.assignment === "least_loaded";
  if (isShared && !row.defaultTeamId) throw invalid({ defaultTeamId: "required" });
}

function orderOf(step: string): number {
  return (setupSteps as readonly string[]).indexOf(step);
}
