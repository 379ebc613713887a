import { and, eq, sql } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { customers } from "#db/schema/customers.ts";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { visibleTo } from "./list-quick-replies.ts";
import type { UseQuickReplyInput } from "./schemas.ts";

/** The answer's text with its variables filled in for one conversation, ready to be edited and sent. Counts the use. */
export async function fillQuickReply(
  ctx: Ctx,
  { quickReplyId, conversationId }: UseQuickReplyInput,
): Promise<{ text: string }> {
  return withTenant(ctx, async (tx) => {
    const [found] = await tx
      .select({
        firstName: sql<string>`coalesce(${customers.firstName}, split_part(${customers.displayName}, ' ', 1))`,
        name: customers.displayName,
        city: customers.city,
        business: tenants.name,
        agent: userProfiles.displayName,
      })
      .from(conversations)
      .innerJoin(
        customers,
        and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
      )
      .innerJoin(tenants, eq(tenants.id, conversations.tenantId))
      .leftJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, conversations.tenantId), eq(userProfiles.userId, memberId(ctx) ?? sql`null`)),
      )
      .where(eq(conversations.id, conversationId));
    if (!found) throw notFound();
    const [used] = await tx
      .update(quickReplies)
      .set({ usageCount: sql`${quickReplies.usageCount} + 1` })
      .where(and(eq(quickReplies.id, quickReplyId), visibleTo(ctx)))
      .returning({ template: quickReplies.template });
    if (!used) throw notFound();
    return {
      text: fill(used.template, {
        "customer.first_name": found.firstName,
        "customer.name": found.name,
        "customer.city": found.city ?? "",
        "agent.name": found.agent ?? "",
        "business.name": found.business,
      }),
    };
  });
}

/** Replaces `{{name}}`; what nobody knows, and what there is nothing to say of, stays as it is written: it is seen before it is sent. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => values[name] || whole);
}
