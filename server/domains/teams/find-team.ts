import { and, eq, ne } from "drizzle-orm";
import { teams } from "#db/schema/teams.ts";
import type { TenantTx } from "#db/tenant.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";

export type TeamRow = typeof teams.$inferSelect;

/** A team of the tenant, locked until the transaction ends; someone else's is `not_found`. */
export async function findTeam(tx: TenantTx, teamId: string): Promise<TeamRow> {
  const [team] = await tx
    .select()
    .from(teams)
    .where(and(eq(teams.tenantId, tx.tenantId), eq(teams.id, teamId)))
    .for("update");
  if (!team) throw notFound();
  return team;
}

/** The name of the team that work is given to. Refuses, beside the field, one that the tenant does not have. */
export async function requireTeam(tx: TenantTx, teamId: string): Promise<{ name: string }> {
  const [team] = await tx
    .select({ name: teams.name })
    .from(teams)
    .where(and(eq(teams.tenantId, tx.tenantId), eq(teams.id, teamId)));
  if (!team) throw invalid({ teamId: "no_such_team" });
  return team;
}

/** Two teams of one name could not be told apart. */
export async function refuseTakenName(tx: TenantTx, { id, name }: { id: string; name: string }): Promise<void> {
  const [taken] = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.tenantId, tx.tenantId), eq(teams.name, name), ne(teams.id, id)));
  if (taken) throw new DomainError("conflict", "name_taken", { fields: { name: "name_taken" } });
}
