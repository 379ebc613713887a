import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findOrCreateCustomer, lockCustomer } from "#server/domains/customers/index.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import { notify } from "#server/domains/notifications/index.ts";
import { insertProspect } from "./insert-prospect.ts";
import { recordEvents } from "./record-events.ts";
import { requireLinks } from "./require-links.ts";
import type { CreateInput } from "./schemas.ts";
import { createInput } from "./schemas.ts";

/** Writes down that a customer may buy: somebody known, or who becomes one. Whoever it is given to is told. */
export async function createProspect(ctx: Ctx, input: CreateInput): Promise<{ prospectId: string }> {
  const { customerId: known, customer, ...given } = createInput.parse(input);
  const { conversationId, callId, ownerId } = given;
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await requireLinks(tx, given);
    if (ownerId) await requireAssignee(inner, tx, ownerId, "ownerId");
    const { customerId } = known ? { customerId: known } : await findOrCreateCustomer(inner, customer!);
    await lockCustomer(tx, customerId);
    const source = callId ? "call" : conversationId ? "conversation" : "manual";
    const prospect = await insertProspect(inner, tx, { ...given, customerId, source });
    await recordEvents(inner, prospect, [{ type: "created", data: { source, to: prospect.status } }]);
    if (ownerId)
      await notify(inner, [{ userId: ownerId, kind: "assigned", subject: "prospect", subjectId: prospect.id }]);
    return { prospectId: prospect.id };
  });
}
