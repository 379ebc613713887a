import type { Clock } from "#server/core/clock.ts";
import { findDue, type Due } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import { publish } from "#db/live.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { notify } from "#server/domains/notifications/index.ts";

/** Prospects that one turn looks for; the rest comes with the next. */
const most = 200;

/** Tells owners of the prospects that it is time to speak with, across tenants, each in a transaction of its own. */
export async function remindDueOwners(clock: Clock, signal?: AbortSignal): Promise<void> {
  const remind = ({ tenantId, id }: Due) =>
    remindOwner(contextFor(tenantId, { type: "job", name: "prospects" }, clock), id);
  await inTurn(await findDue("prospect_follow_ups", most, clock.now()), remind, signal);
}

/** Once for each time that was agreed: whoever takes the reminder off the row tells of it, in the same transaction. */
export async function remindOwner(ctx: Ctx, prospectId: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [due] = await tx.raw.unsafe<{ ownerId: string }[]>(
      `update prospects set remind_at = null
        where tenant_id = $1 and id = $2::uuid and remind_at <= $3::timestamptz and owner_id is not null
        returning owner_id as "ownerId"`,
      [ctx.tenantId, prospectId, ctx.clock.now()] as never[],
      { prepare: true },
    );
    if (!due) return;
    await notify({ ...ctx, tx }, [
      { userId: due.ownerId, kind: "follow_up_due", subject: "prospect", subjectId: prospectId },
    ]);
    tx.afterCommit(() => publish(ctx.tenantId, "prospects", [prospectId]));
  });
}
