import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { cursorOf, placeOf } from "#db/keyset.ts";
import { customerActivities, customers } from "#db/schema/customers.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import type { ListActivitiesInput } from "./schemas.ts";
import { listActivitiesInput } from "./schemas.ts";

export const activitiesPerPage = 30;

/** What happened with a customer, newest first, by type; `next` reads on where this page ends. */
export async function listActivities(ctx: Ctx, input: ListActivitiesInput) {
  const { customerId, types, after } = listActivitiesInput.parse(input);
  const place = after === undefined ? null : placeOf(after);
  if (after !== undefined && !place) throw invalid({ cursor: "invalid" });
  return withTenant(ctx, async (tx) => {
    const activity = customerActivities;
    const [known, found] = await Promise.all([
      tx
        .select({ id: customers.id })
        .from(customers)
        .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId))),
      tx
        .select({
          id: activity.id,
          type: activity.type,
          channel: activity.channel,
          description: activity.description,
          amountCents: activity.amountCents,
          currency: activity.currency,
          conversationId: activity.conversationId,
          ticketId: activity.ticketId,
          metadata: activity.metadata,
          by: userProfiles.displayName,
          occurredAt: activity.occurredAt,
        })
        .from(activity)
        .leftJoin(
          userProfiles,
          and(eq(userProfiles.tenantId, activity.tenantId), eq(userProfiles.userId, activity.createdBy)),
        )
        .where(
          and(
            eq(activity.tenantId, ctx.tenantId),
            eq(activity.customerId, customerId),
            types?.length ? inArray(activity.type, types) : undefined,
            place
              ? sql`(${activity.occurredAt}, ${activity.id}) < (${new Date(Number(place.value)).toISOString()}::timestamptz, ${place.id}::uuid)`
              : undefined,
          ),
        )
        .orderBy(desc(activity.occurredAt), desc(activity.id))
        .limit(activitiesPerPage + 1),
    ]);
    if (known.length === 0) throw notFound();
    const rows = found.slice(0, activitiesPerPage);
    const last = rows.at(-1);
    return { rows, next: found.length > activitiesPerPage && last ? cursorOf(last.occurredAt, last.id) : null };
  });
}
