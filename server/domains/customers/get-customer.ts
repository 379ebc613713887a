import { and, asc, desc, eq, sql } from "drizzle-orm";
import { appointmentsBeside, readAppointments } from "#db/appointments-beside.ts";
import { prospectsBeside, readProspects } from "#db/prospects-beside.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import {
  customerCommunicationPreferences,
  customerIdentities,
  customerNotes,
  customers,
  customerTags,
} from "#db/schema/customers.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { CustomerInput } from "./schemas.ts";
import { customerInput } from "./schemas.ts";

const shown = 10;
const mostNotes = 100;

/** No row means this: channels allowed, no marketing. */
const unasked = {
  emailEnabled: true,
  smsEnabled: true,
  whatsappEnabled: true,
  phoneEnabled: true,
  instagramEnabled: true,
  marketingConsent: false,
  marketingConsentAt: null as Date | null,
};

/** Everything the customer's page shows beside the timeline, in one round trip. */
export async function getCustomer(ctx: Ctx, input: CustomerInput) {
  const { customerId } = customerInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const preferences = customerCommunicationPreferences;
    const [[found], identities, tags, notes, [asked], talks, work] = await Promise.all([
      tx
        .select({
          customer: customers,
          appointments: appointmentsBeside(sql`${ctx.tenantId}::uuid`, sql`${customerId}::uuid`, ctx.clock.now()),
          hopes: prospectsBeside(sql`${ctx.tenantId}::uuid`, sql`${customerId}::uuid`),
        })
        .from(customers)
        .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId))),
      tx
        .select({
          id: customerIdentities.id,
          kind: customerIdentities.kind,
          value: customerIdentities.value,
          isPrimary: customerIdentities.isPrimary,
          shared: customerIdentities.shared,
        })
        .from(customerIdentities)
        .where(and(eq(customerIdentities.tenantId, ctx.tenantId), eq(customerIdentities.customerId, customerId)))
        .orderBy(asc(customerIdentities.kind), desc(customerIdentities.isPrimary), asc(customerIdentities.id)),
      tx
        .select({ tag: customerTags.tag })
        .from(customerTags)
        .where(and(eq(customerTags.tenantId, ctx.tenantId), eq(customerTags.customerId, customerId)))
        .orderBy(asc(customerTags.tag)),
      tx
        .select({
          id: customerNotes.id,
          content: customerNotes.content,
          author: userProfiles.displayName,
          createdAt: customerNotes.createdAt,
          updatedAt: customerNotes.updatedAt,
        })
        .from(customerNotes)
        .leftJoin(
          userProfiles,
          and(eq(userProfiles.tenantId, customerNotes.tenantId), eq(userProfiles.userId, customerNotes.authorId)),
        )
        .where(and(eq(customerNotes.tenantId, ctx.tenantId), eq(customerNotes.customerId, customerId)))
        .orderBy(desc(customerNotes.id))
        .limit(mostNotes),
      tx
        .select()
        .from(preferences)
        .where(and(eq(preferences.tenantId, ctx.tenantId), eq(preferences.customerId, customerId))),
      tx
        .select({
          id: conversations.id,
          channelType: conversations.channelType,
          channelName: channelConfigurations.name,
          status: conversations.status,
          preview: sql<string | null>`left(${conversations.lastMessagePreview}, 140)`,
          unreadCount: conversations.unreadCount,
          lastMessageAt: conversations.lastMessageAt,
        })
        .from(conversations)
        .leftJoin(
          channelConfigurations,
          and(
            eq(channelConfigurations.tenantId, conversations.tenantId),
            eq(channelConfigurations.id, conversations.channelId),
          ),
        )
        .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.customerId, customerId)))
        .orderBy(desc(conversations.lastMessageAt))
        .limit(shown),
      tx
        .select({
          id: tickets.id,
          number: tickets.number,
          subject: tickets.subject,
          status: tickets.status,
          priority: tickets.priority,
          updatedAt: tickets.updatedAt,
        })
        .from(tickets)
        .where(and(eq(tickets.tenantId, ctx.tenantId), eq(tickets.customerId, customerId)))
        .orderBy(desc(tickets.id))
        .limit(shown),
    ]);
    if (!found) throw notFound();
    const { customer, appointments, hopes } = found;
    return {
      customer,
      appointments: readAppointments(appointments),
      identities,
      tags: tags.map((row) => row.tag),
      notes,
      preferences: asked ?? unasked,
      conversations: talks,
      tickets: work,
      prospects: readProspects(hopes),
    };
  });
}
export type CustomerDetail = Awaited<ReturnType<typeof getCustomer>>;
