import { eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import type { ChooseColumnsInput } from "./schemas.ts";
import { chooseColumnsInput } from "./schemas.ts";

/** The columns that the acting member sees in the queue from now on, in their order; null: the usual ones. Their own affair: no audit. */
export async function chooseColumns(ctx: Ctx, input: ChooseColumnsInput): Promise<void> {
  const { columns } = chooseColumnsInput.parse(input);
  const me = memberId(ctx);
  if (!me) throw forbidden();
  await withTenant(ctx, async (tx) => {
    await tx
      .update(userProfiles)
      .set({ ticketColumns: columns && [...new Set(columns)] })
      .where(eq(userProfiles.userId, me));
    tx.afterCommit(() => publish(ctx.tenantId, "views", [me]));
  });
}
