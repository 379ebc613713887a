import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export interface Choice {
  id: string;
  name: string;
}

/** What conditions and actions can name. */
export interface Choices {
  channels: Choice[];
  categories: Choice[];
  teams: Choice[];
  members: Choice[];
  labels: Choice[];
  quickReplies: Choice[];
  /** Tags that customers bear. */
  tags: string[];
}

/** Everything that a rule may speak of, each list by name, in one statement. */
export async function listChoices(ctx: Ctx): Promise<Choices> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<Choices[]>(statement, [ctx.tenantId], { prepare: true });
    return row!;
  });
}

const named = (name: string, from: string, also = "") =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', ${name}) order by ${name}, id), '[]') from ${from}
     where tenant_id = $1 ${also})`;

const statement = `
  select ${named("name", "channel_configurations")} as channels,
         ${named("name", "ticket_categories", "and archived_at is null")} as categories,
         ${named("name", "teams")} as teams,
         ${named("name", "labels")} as labels,
         ${named("shortcut", "quick_replies", "and owner_id is null")} as "quickReplies",
         (select coalesce(jsonb_agg(jsonb_build_object('id', m.user_id, 'name', p.display_name) order by p.display_name, m.user_id), '[]')
            from memberships m join user_profiles p on p.tenant_id = $1 and p.user_id = m.user_id
           where m.tenant_id = $1 and m.status = 'active') as members,
         array(select distinct tag from (select tag from customer_tags where tenant_id = $1 order by tag limit 5000) borne order by tag limit 100) as tags`;
