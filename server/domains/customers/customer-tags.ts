import { and, eq } from "drizzle-orm";
import { customerTags } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { changeCustomer } from "./customer-changed.ts";
import type { TagInput } from "./schemas.ts";
import { tagInput } from "./schemas.ts";

export async function addCustomerTag(ctx: Ctx, input: TagInput): Promise<void> {
  const { customerId, tag } = tagInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const made = await tx
      .insert(customerTags)
      .values({ tenantId: ctx.tenantId, customerId, tag })
      .onConflictDoNothing()
      .returning({ tag: customerTags.tag });
    return made.length ? { action: "add_tag", data: { tag } } : null;
  });
}

export async function removeCustomerTag(ctx: Ctx, input: TagInput): Promise<void> {
  const { customerId, tag } = tagInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const gone = await tx
      .delete(customerTags)
      .where(
        and(
          eq(customerTags.tenantId, ctx.tenantId),
          eq(customerTags.customerId, customerId),
          eq(customerTags.tag, tag),
        ),
      )
      .returning({ tag: customerTags.tag });
    return gone.length ? { action: "remove_tag", data: { tag } } : null;
  });
}

const mostTags = 100;

/** The tags in use, by name; hops from tag to tag in the index however many customers carry each. */
export async function listTags(ctx: Ctx): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const rows = await tx.raw.unsafe<{ tag: string }[]>(
      `with recursive hop as (
         (select tag from customer_tags where tenant_id = $1 order by tag limit 1)
         union all
         select (select g.tag from customer_tags g where g.tenant_id = $1 and g.tag > hop.tag order by g.tag limit 1) from hop where hop.tag is not null
       ) select tag from hop where tag is not null limit ${mostTags}`,
      [ctx.tenantId],
      { prepare: true },
    );
    return rows.map((row) => row.tag);
  });
}
