import { and, eq, inArray } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { teams } from "#db/schema/teams.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findTeam } from "./find-team.ts";
import type { TeamRef } from "./schemas.ts";
import { teamChanged } from "./team-changed.ts";

/** What a team's end takes its team from; what is assigned to somebody stays theirs. */
export interface TeamWork {
  members: number;
  channels: number;
  /** Open ones, and all of them. */
  openConversations: number;
  conversations: number;
  openTickets: number;
  tickets: number;
}

export async function countTeamWork(ctx: Ctx, { teamId }: TeamRef): Promise<TeamWork> {
  return withTenant(ctx, async (tx) => {
    await findTeam(tx, teamId);
    return count(tx, teamId);
  });
}

/** Ends a team: its members, its channels and its work remain, without it. */
export async function deleteTeam(ctx: Ctx, { teamId }: TeamRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { name } = await findTeam(tx, teamId);
    const work = await count(tx, teamId);
    // Nobody is left that a channel could share its work among.
    await tx
      .update(channelConfigurations)
      .set({ assignment: "as_team" })
      .where(
        and(
          eq(channelConfigurations.tenantId, ctx.tenantId),
          eq(channelConfigurations.defaultTeamId, teamId),
          inArray(channelConfigurations.assignment, ["round_robin", "least_loaded"]),
        ),
      );
    await tx.delete(teams).where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, teamId)));
    await recordAudit(
      { ...ctx, tx },
      { action: "team.delete", entityType: "team", entityId: teamId, data: { name, ...work } },
    );
    teamChanged(tx, teamId);
    tx.afterCommit(() => {
      publish(ctx.tenantId, "channels", "*");
      publish(ctx.tenantId, "conversations", "*");
      publish(ctx.tenantId, "tickets", "*");
    });
  });
}

async function count(tx: TenantTx, teamId: string): Promise<TeamWork> {
  const [row] = await tx.raw.unsafe<TeamWork[]>(statement, [tx.tenantId, teamId], { prepare: true });
  if (!row) throw new Error("counting answered nothing");
  return { ...row };
}

const statement = `
  select (select count(*)::int from team_members where tenant_id = $1 and team_id = $2::uuid) as members,
         (select count(*)::int from channel_configurations where tenant_id = $1 and default_team_id = $2::uuid) as channels,
         (select count(*)::int from conversations where tenant_id = $1 and team_id = $2::uuid and status = 'open') as "openConversations",
         (select count(*)::int from conversations where tenant_id = $1 and team_id = $2::uuid) as conversations,
         (select count(*)::int from tickets where tenant_id = $1 and team_id = $2::uuid
             and status in ('open', 'in_progress', 'waiting_customer')) as "openTickets",
         (select count(*)::int from tickets where tenant_id = $1 and team_id = $2::uuid) as tickets`;
