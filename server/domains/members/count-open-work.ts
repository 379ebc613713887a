import { and, count, eq, inArray } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findMember } from "./find-member.ts";

export interface OpenWork {
  conversations: number;
  tickets: number;
}

/** What is assigned to a member and still open: said before they are shut out. */
export async function countOpenWork(ctx: Ctx, input: { userId: string }): Promise<OpenWork> {
  return withTenant(ctx, async (tx) => {
    await findMember(tx, input.userId);
    const [talks] = await tx
      .select({ open: count() })
      .from(conversations)
      .where(
        and(
          eq(conversations.tenantId, ctx.tenantId),
          eq(conversations.status, "open"),
          eq(conversations.assigneeId, input.userId),
        ),
      );
    const [work] = await tx
      .select({ open: count() })
      .from(tickets)
      .where(
        and(
          eq(tickets.tenantId, ctx.tenantId),
          eq(tickets.assigneeId, input.userId),
          inArray(tickets.status, ["open", "in_progress", "waiting_customer"]),
        ),
      );
    return { conversations: talks?.open ?? 0, tickets: work?.open ?? 0 };
  });
}
