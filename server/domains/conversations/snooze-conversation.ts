import { eq } from "drizzle-orm";
import { tenants } from "#db/schema/tenants.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ChangedState } from "./change-conversation-status.ts";
import { changeState } from "./change-conversation-status.ts";
import type { SnoozeInput } from "./schemas.ts";
import { snoozeEnd } from "./snooze-end.ts";

/** Puts a conversation out of sight until a time of the business's zone, or until its customer writes. */
export async function snoozeConversation(ctx: Ctx, { conversationId, until }: SnoozeInput): Promise<ChangedState> {
  return changeState(ctx, conversationId, "snoozed", async (_row, tx) => {
    const [tenant] = await tx.select({ zone: tenants.timezone }).from(tenants).where(eq(tenants.id, tx.tenantId));
    const snoozedUntil = snoozeEnd(until, tenant?.zone ?? "UTC", ctx.clock.now());
    return { status: "snoozed", archived: false, snoozedUntil, resolvedAt: null, resolvedBy: null };
  });
}
