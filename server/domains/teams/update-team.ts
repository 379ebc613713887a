import { and, eq } from "drizzle-orm";
import { teams } from "#db/schema/teams.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { giveWaiting } from "#server/domains/assignment/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { TeamRow } from "./find-team.ts";
import { findTeam, refuseTakenName } from "./find-team.ts";
import type { UpdateTeamInput } from "./schemas.ts";
import { updateTeamInput } from "./schemas.ts";
import { teamChanged } from "./team-changed.ts";

/** Changes a team's name, description, or whom its new work goes to; what waits for somebody is looked at anew. */
export async function updateTeam(ctx: Ctx, input: UpdateTeamInput): Promise<void> {
  const { teamId, ...wanted } = updateTeamInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const team = await findTeam(tx, teamId);
    const different = Object.fromEntries(
      Object.entries(wanted).filter(([field, value]) => value !== undefined && value !== team[field as keyof TeamRow]),
    );
    if (Object.keys(different).length === 0) return;
    if (wanted.name !== undefined) await refuseTakenName(tx, { id: teamId, name: wanted.name });
    await tx
      .update(teams)
      .set({ ...different, updatedAt: ctx.clock.now() })
      .where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, teamId)));
    await recordAudit(inner, { action: "team.update", entityType: "team", entityId: teamId, data: different });
    teamChanged(tx, teamId);
    if ("assignment" in different || "givesOffline" in different) await giveWaiting(inner);
  });
}
