import { and, eq } from "drizzle-orm";
import { prospects } from "#db/schema/prospects.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import { notify } from "#server/domains/notifications/index.ts";
import type { Prospect } from "./lock-prospect.ts";
import { lockProspect } from "./lock-prospect.ts";
import type { Happening } from "./record-events.ts";
import { recordEvents } from "./record-events.ts";
import { remindAt } from "./remind-at.ts";
import type { UpdateInput } from "./schemas.ts";
import { updateInput } from "./schemas.ts";

type Wanted = Omit<ReturnType<typeof updateInput.parse>, "prospectId">;

/**
 * Changes the fields that are given; null clears. Another owner is told; another time to speak with them is another reminder.
 * The history says which facts changed, never their words.
 */
export async function updateProspect(ctx: Ctx, input: UpdateInput): Promise<void> {
  const { prospectId, ...wanted } = updateInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const before = await lockProspect(tx, prospectId);
    const changes = changesTo(before, wanted);
    if (Object.keys(changes).length === 0) return;
    const after = { ...before, ...changes };
    requireOrder(after);
    const { ownerId } = changes;
    if (ownerId) await requireAssignee(inner, tx, ownerId, "ownerId");
    const now = ctx.clock.now();
    const followed = "ownerId" in changes || "nextFollowUpAt" in changes;
    await tx
      .update(prospects)
      .set({ ...changes, ...(followed ? { remindAt: remindAt(after, now) } : {}), updatedAt: now })
      .where(and(eq(prospects.tenantId, ctx.tenantId), eq(prospects.id, prospectId)));
    await recordEvents(inner, before, happeningsOf(before, changes));
    if (ownerId)
      await notify(inner, [{ userId: ownerId, kind: "assigned", subject: "prospect", subjectId: prospectId }]);
  });
}

/** What is another than it was. */
function changesTo(before: Prospect, { givenScore, ...wanted }: Wanted): Partial<Prospect> {
  const given =
    givenScore === undefined ? {} : { givenScore, givenBy: givenScore === null ? null : ("member" as const) };
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  const changed = Object.entries({ ...wanted, ...given }).filter(
    ([field, value]) => value !== undefined && plain(value) !== plain(before[field as keyof Prospect]),
  );
  const changes = Object.fromEntries(changed) as Partial<Prospect>;
  // A score that a member gives again as it was is still the one of whoever gave it first.
  if (changes.givenBy && !("givenScore" in changes)) delete changes.givenBy;
  return changes;
}

function requireOrder({ budgetMinCents, budgetMaxCents }: Prospect): void {
  if (budgetMinCents !== null && budgetMaxCents !== null && budgetMinCents > budgetMaxCents)
    throw invalid({ budgetMaxCents: "budget_order" });
}

function happeningsOf(before: Prospect, changes: Partial<Prospect>): Happening[] {
  const { ownerId, nextFollowUpAt, givenBy: _giver, ...facts } = changes;
  const fields = Object.keys(facts);
  const instant = (at: Date | null) => at?.toISOString() ?? null;
  return [
    ...(fields.length > 0 ? [{ type: "changed" as const, data: { fields } }] : []),
    ...(ownerId === undefined ? [] : [{ type: "assigned" as const, data: { from: before.ownerId, to: ownerId } }]),
    ...(nextFollowUpAt === undefined
      ? []
      : [{ type: "follow_up" as const, data: { from: instant(before.nextFollowUpAt), to: instant(nextFollowUpAt) } }]),
  ];
}
