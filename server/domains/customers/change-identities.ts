import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { PersonRef } from "#server/providers/contract.ts";
import { addIdentities } from "./add-identities.ts";
import { findHolders, ownerOf } from "./find-holders.ts";
import { groupPeople, samenessOf } from "./group-people.ts";

/**
 * People who have a new number or id keep their record: what they are called now is added to it.
 * Answers whose each change was, in order; null where nobody by that name is known.
 */
export async function changeIdentities(
  ctx: Ctx,
  changes: readonly { person: PersonRef; next: PersonRef }[],
): Promise<(string | null)[]> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    // Each change alone: people are joined by what they were called, never through a number that changed hands.
    const before = changes.map(({ person }, at) => groupPeople([{ key: String(at), person }])[0]!);
    const after = changes.map(({ next }, at) => groupPeople([{ key: String(at), person: next }])[0]!);
    const holders = await findHolders(inner, [...before, ...after]);
    const owners = before.map((person) => ownerOf(person, holders)?.holder.customerId ?? null);
    const learnt = after.flatMap((person, at) => {
      const customerId = owners[at];
      const identities = person.identities.filter((identity) => !holders.has(samenessOf(identity)));
      return customerId && identities.length > 0 ? [{ customerId, identities }] : [];
    });
    await addIdentities(inner, learnt);
    return owners;
  });
}
