import { and, eq, sql } from "drizzle-orm";
import { newId } from "#server/core/ids.ts";
import { channelConfigurations } from "../schema/channels.ts";
import { teamMembers, teams } from "../schema/teams.ts";
import { memberships } from "../schema/tenants.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness } from "./shape.ts";
import type { SeededBusiness } from "./write-business.ts";

const day = 86_400_000;

/** The teams with their members and channels, what each member takes and when they are out; what is there already is theirs. */
export async function writeTeams(
  tx: TenantTx,
  business: DemoBusiness,
  { memberIds, channels }: SeededBusiness,
  now: Date,
): Promise<void> {
  const { tenantId } = tx;
  for (const { name, description, assignment, members, channels: own } of business.teams ?? []) {
    const teamId = newId();
    await tx.insert(teams).values({ tenantId, id: teamId, name, description, assignment });
    await tx.insert(teamMembers).values(members.map((key) => ({ tenantId, teamId, userId: memberIds.get(key)! })));
    for (const { key, byHand } of own) {
      await tx
        .update(channelConfigurations)
        .set({ defaultTeamId: teamId, assignment: byHand ? "by_hand" : "as_team" })
        .where(eq(channelConfigurations.id, channels[key].id));
    }
  }
  for (const { key, capacity, absence } of business.members) {
    if (!capacity && !absence) continue;
    const from = absence && new Date(now.getTime() + absence.inDays * day);
    await tx
      .update(memberships)
      .set({
        capacity: capacity ?? null,
        ...(absence && from
          ? {
              absentFrom: from,
              absentUntil: new Date(from.getTime() + absence.forDays * day),
              substituteId: memberIds.get(absence.substitute) ?? null,
            }
          : {}),
      })
      .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, memberIds.get(key)!)));
  }
  await tx.execute(sql`
    update conversations thread set team_id = channel.default_team_id from channel_configurations channel
     where channel.tenant_id = thread.tenant_id and channel.id = thread.channel_id and channel.default_team_id is not null`);
  await tx.execute(sql`
    update tickets ticket set team_id = thread.team_id from conversations thread
     where thread.tenant_id = ticket.tenant_id and thread.id = ticket.conversation_id and thread.team_id is not null`);
}
