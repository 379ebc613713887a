import { cursorOf, lowestId } from "#db/keyset.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Thread } from "./list-thread.ts";
import { readStretch } from "./list-thread.ts";
import type { ListPersonInput } from "./schemas.ts";
import { listPersonInput } from "./schemas.ts";
import { ofCustomer } from "./thread-range.ts";

/**
 * What was said with a customer on every channel, notes, events and calls among it: the newest, those before or after a
 * cursor, around a message, or from a day on. One statement, one more for a day, and another where files are among them.
 */
export async function listPerson(ctx: Ctx, input: ListPersonInput): Promise<Thread> {
  const { customerId, day, ...place } = listPersonInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const from = day ? { ...place, after: await beginningOf(tx, day) } : place;
    return readStretch({ ...ctx, tx }, ofCustomer, customerId, from);
  });
}

/** The place before everything of a day, by the business's clock. */
async function beginningOf(tx: TenantTx, day: string): Promise<string> {
  const [row] = await tx.raw.unsafe<{ at: Date }[]>(
    "select ($2::text::date)::timestamp at time zone timezone as at from tenants where id = $1",
    [tx.tenantId, day],
    { prepare: true },
  );
  if (!row) throw notFound();
  return cursorOf(row.at, lowestId);
}
