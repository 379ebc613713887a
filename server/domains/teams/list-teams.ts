import { withTenant } from "#db/tenant.ts";
import type { teamAssignments } from "#db/schema/teams.ts";
import type { Ctx } from "#server/core/context.ts";

export interface Team {
  id: string;
  name: string;
  description: string;
  assignment: (typeof teamAssignments)[number];
  givesOffline: boolean;
  /** Ids of its active members, by name. */
  memberIds: string[];
}

/** A business has few. */
const most = 200;

/** Every team with its members, by name. */
export async function listTeams(ctx: Ctx): Promise<Team[]> {
  return withTenant(ctx, (tx) => tx.raw.unsafe<Team[]>(statement, [ctx.tenantId], { prepare: true }));
}

const statement = `
  select t.id, t.name, t.description, t.assignment, t.gives_offline as "givesOffline",
         array(select m.user_id from team_members tm
                 join memberships m on m.tenant_id = $1 and m.user_id = tm.user_id and m.status = 'active'
                 join user_profiles p on p.tenant_id = $1 and p.user_id = tm.user_id
                where tm.tenant_id = $1 and tm.team_id = t.id order by p.display_name, m.user_id) as "memberIds"
    from teams t where t.tenant_id = $1 order by t.name, t.id limit ${most}`;
