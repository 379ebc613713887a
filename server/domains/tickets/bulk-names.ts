import type { TenantTx } from "#db/tenant.ts";
import type { BulkChange } from "./schemas.ts";
import type { CategoryNames } from "./ticket-changes.ts";

/** What tickets can be given to, by name, as far as a change speaks of it. */
export interface BulkNames {
  teams: ReadonlyMap<string, string>;
  /** Archived ones too: tickets may be under them. */
  categories: CategoryNames;
}

/** The names that a change needs, in one statement; in none where it names neither a team nor a category. */
export async function readBulkNames(tx: TenantTx, { teamId, categoryId }: BulkChange): Promise<BulkNames> {
  if (teamId === undefined && categoryId === undefined) return { teams: new Map(), categories: new Map() };
  const rows = await tx.raw.unsafe<{ kind: "team" | "category"; id: string; name: string }[]>(
    `select 'team' as kind, id, name from teams where tenant_id = $1
     union all select 'category', id, name from ticket_categories where tenant_id = $1`,
    [tx.tenantId],
    { prepare: true },
  );
  const named = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map(({ id, name }) => [id, name] as const));
  return { teams: named("team"), categories: named("category") };
}
