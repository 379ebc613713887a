import { newId } from "#server/core/ids.ts";
import { prospectEvents, prospects } from "./schema/prospects.ts";
import { withTenant } from "./tenant.ts";

type Columns = typeof prospects.$inferInsert;

/** A prospect as it stands in the table, new unless said otherwise, with its first event. */
export async function createProspect(
  { tenantId }: { tenantId: string },
  values: Pick<Columns, "customerId"> & Partial<Columns>,
): Promise<{ prospectId: string }> {
  const prospectId = values.id ?? newId();
  const createdAt = values.createdAt ?? new Date();
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(prospects).values({ statusAt: createdAt, createdAt, ...values, tenantId, id: prospectId });
    await tx
      .insert(prospectEvents)
      .values({ tenantId, id: newId(), prospectId, type: "created", actorType: "system", createdAt });
  });
  return { prospectId };
}
