import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** What the business wrote before, to be chosen again: the most used first. */
export interface UsedWords {
  interests: string[];
  propertyTypes: string[];
  places: string[];
}

/** Prospects that are looked at, the newest; and words of each kind. */
const lookedAt = 300;
const most = 12;

/** What was written of the newest prospects: a business's own list of what is looked for, without keeping one. */
export async function suggestWords(ctx: Ctx): Promise<UsedWords> {
  const used = (column: string) => `
    array(select ${column} from newest where ${column} <> '' group by 1 order by count(*) desc, 1 limit ${most})`;
  const [row] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<UsedWords[]>(
      `with newest as (
         select interest, property_type, place from prospects where tenant_id = $1 order by created_at desc, id desc limit ${lookedAt})
       select ${used("interest")} as interests, ${used("property_type")} as "propertyTypes", ${used("place")} as places`,
      [ctx.tenantId],
      { prepare: true },
    ),
  );
  return row!;
}
