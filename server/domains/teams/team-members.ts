import { and, eq } from "drizzle-orm";
import { teamMembers } from "#db/schema/teams.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { giveWaiting } from "#server/domains/assignment/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember } from "#server/domains/members/index.ts";
import { findTeam } from "./find-team.ts";
import type { TeamMemberInput } from "./schemas.ts";
import { teamChanged } from "./team-changed.ts";

/** Puts an active member into a team, and gives them what waits for somebody there. Nothing happens when they are in it. */
export async function addTeamMember(ctx: Ctx, { teamId, userId }: TeamMemberInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { name } = await findTeam(tx, teamId);
    const member = await findMember(tx, userId);
    if (member.status !== "active") throw notFound();
    const added = await tx
      .insert(teamMembers)
      .values({ tenantId: ctx.tenantId, teamId, userId })
      .onConflictDoNothing()
      .returning({ userId: teamMembers.userId });
    if (added.length === 0) return;
    await recordAudit(inner, {
      action: "team.add_member",
      entityType: "team",
      entityId: teamId,
      data: { name, userId },
    });
    teamChanged(tx, teamId);
    await giveWaiting(inner);
  });
}

/** Takes somebody out of a team; what they have of its work stays theirs. Nothing happens when they are not in it. */
export async function removeTeamMember(ctx: Ctx, { teamId, userId }: TeamMemberInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { name } = await findTeam(tx, teamId);
    const removed = await tx
      .delete(teamMembers)
      .where(
        and(eq(teamMembers.tenantId, ctx.tenantId), eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)),
      )
      .returning({ userId: teamMembers.userId });
    if (removed.length === 0) return;
    await recordAudit(
      { ...ctx, tx },
      { action: "team.remove_member", entityType: "team", entityId: teamId, data: { name, userId } },
    );
    teamChanged(tx, teamId);
  });
}
