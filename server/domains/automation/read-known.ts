import type { TenantTx } from "#db/tenant.ts";
import type { SlaSettings } from "#server/domains/sla/index.ts";
import { readSlaSettings } from "#server/domains/sla/index.ts";

/** What rules speak of, by id: what is not there any more is not in it. */
export interface Known {
  business: string;
  hours: SlaSettings;
  categories: ReadonlyMap<string, string>;
  teams: ReadonlyMap<string, string>;
  /** Active members. */
  members: ReadonlyMap<string, string>;
  labels: ReadonlyMap<string, string>;
  /** Texts of the answers that everybody may use. */
  quickReplies: ReadonlyMap<string, string>;
}

type Named = [id: string, name: string][];
type Row = { business: string; categories: Named; teams: Named; members: Named; labels: Named; quickReplies: Named };

/** Names as they are now, in two statements. */
export async function readKnown(tx: TenantTx): Promise<Known> {
  const [[row], hours] = await Promise.all([
    tx.raw.unsafe<Row[]>(statement, [tx.tenantId], { prepare: true }),
    readSlaSettings(tx),
  ]);
  const { business, ...lists } = row!;
  return {
    business,
    hours,
    categories: new Map(lists.categories),
    teams: new Map(lists.teams),
    members: new Map(lists.members),
    labels: new Map(lists.labels),
    quickReplies: new Map(lists.quickReplies),
  };
}

const pairs = (name: string, from: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_array(id, ${name})), '[]') from ${from} where tenant_id = $1`;

const statement = `
  select (select name from tenants where id = $1) as business,
         ${pairs("name", "ticket_categories")} and archived_at is null) as categories,
         ${pairs("name", "teams")}) as teams,
         ${pairs("name", "labels")}) as labels,
         ${pairs("template", "quick_replies")} and owner_id is null) as "quickReplies",
         (select coalesce(jsonb_agg(jsonb_build_array(m.user_id, p.display_name)), '[]')
            from memberships m join user_profiles p on p.tenant_id = $1 and p.user_id = m.user_id
           where m.tenant_id = $1 and m.status = 'active') as members`;
