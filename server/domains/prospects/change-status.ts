import { and, eq } from "drizzle-orm";
import { prospects } from "#db/schema/prospects.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { lockProspect } from "./lock-prospect.ts";
import { onwardFrom, qualifiedSince } from "./onward.ts";
import { recordEvents } from "./record-events.ts";
import { remindAt } from "./remind-at.ts";
import type { StatusInput } from "./schemas.ts";
import { statusInput } from "./schemas.ts";

/** What a member makes of a prospect. What it may not become from where it stands is refused; what it is already changes nothing. */
export async function changeProspectStatus(ctx: Ctx, input: StatusInput): Promise<void> {
  const { prospectId, status, reason } = statusInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const before = await lockProspect(tx, prospectId);
    if (before.status === status) return;
    if (!onwardFrom(before.status).includes(status))
      throw new DomainError("conflict", before.status === "converted" ? "prospect_converted" : "prospect_closed");
    const now = ctx.clock.now();
    await tx
      .update(prospects)
      .set({
        status,
        statusAt: now,
        qualifiedAt: qualifiedSince(before.qualifiedAt, status, now),
        remindAt: remindAt({ ...before, status }, now),
        updatedAt: now,
      })
      .where(and(eq(prospects.tenantId, ctx.tenantId), eq(prospects.id, prospectId)));
    const data = { from: before.status, to: status };
    await recordEvents({ ...ctx, tx }, before, [{ type: "status", reason, data }]);
  });
}
