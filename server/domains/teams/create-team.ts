import { teams } from "#db/schema/teams.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { refuseTakenName } from "./find-team.ts";
import type { CreateTeamInput } from "./schemas.ts";
import { createTeamInput } from "./schemas.ts";
import { teamChanged } from "./team-changed.ts";

/** Begins a team: nobody is in it yet, and its work is taken by hand. */
export async function createTeam(ctx: Ctx, input: CreateTeamInput): Promise<{ teamId: string }> {
  const { name, description } = createTeamInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseTakenName(tx, { id, name });
    await tx.insert(teams).values({ tenantId: ctx.tenantId, id, name, description });
    await recordAudit({ ...ctx, tx }, { action: "team.create", entityType: "team", entityId: id, data: { name } });
    teamChanged(tx, id);
    return { teamId: id };
  });
}
