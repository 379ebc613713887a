import { newId } from "#server/core/ids.ts";
import {
  customerActivities,
  customerCommunicationPreferences,
  customerIdentities,
  customerNotes,
  customers,
  customerTags,
} from "../schema/customers.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness, DemoChannelKey, DemoCustomer } from "./shape.ts";

const day = 86_400_000;

/** `instagramId` is how Instagram names them to this business, where they write there. */
export interface SeededCustomer {
  id: string;
  instagramId: string;
}

/** Customers with identities, tags, notes, consents and orders; totals are the triggers' affair. */
export async function writeCustomers(
  tx: TenantTx,
  business: DemoBusiness,
  authorId: string | undefined,
  now: Date,
): Promise<Map<string, SeededCustomer>> {
  const { tenantId } = tx;
  const made = business.customers.map((customer, index) => ({
    customer,
    id: newId(now.getTime() - (300 - index * 9) * day),
    instagramId: `99880${String(1_000_000_000 + index * 7_919_113).slice(-10)}`,
    createdAt: new Date(now.getTime() - (300 - index * 9) * day),
  }));
  const language = business.locale;
  const channelOf = (key: string): DemoChannelKey =>
    business.threads.find((thread) => thread.customer === key)?.channel ?? "whatsapp";
  await tx.insert(customers).values(
    made.map(({ customer, id, createdAt }) => ({
      tenantId,
      id,
      displayName: `${customer.first} ${customer.last}`,
      firstName: customer.first,
      lastName: customer.last,
      source: channelOf(customer.key),
      segment: customer.segment,
      status: customer.segment === "inactive" ? ("inactive" as const) : ("active" as const),
      preferredChannel: channelOf(customer.key),
      preferredContactMethod: channelOf(customer.key),
      language,
      timezone: business.timezone,
      city: customer.city ?? null,
      postalCode: customer.postalCode ?? null,
      country: business.country,
      currency: business.currency,
      createdAt,
      updatedAt: createdAt,
    })),
  );
  await tx.insert(customerIdentities).values(
    made.flatMap(({ customer, id, createdAt, instagramId }) =>
      identitiesOf(customer, channelOf(customer.key), instagramId).map((identity) => ({
        tenantId,
        id: newId(),
        customerId: id,
        source: channelOf(customer.key),
        createdAt,
        ...identity,
      })),
    ),
  );
  await tx
    .insert(customerTags)
    .values(
      made.flatMap(({ customer, id, createdAt }) =>
        customer.tags.map((tag) => ({ tenantId, customerId: id, tag, createdAt })),
      ),
    );
  await tx.insert(customerNotes).values(
    made.flatMap(({ customer, id }) =>
      customer.note
        ? [
            {
              tenantId,
              id: newId(),
              customerId: id,
              authorId: authorId ?? null,
              content: customer.note,
              createdAt: new Date(now.getTime() - 40 * day),
            },
          ]
        : [],
    ),
  );
  await tx.insert(customerCommunicationPreferences).values(
    made.flatMap(({ customer, id }) =>
      customer.marketing
        ? [
            {
              tenantId,
              customerId: id,
              marketingConsent: true,
              marketingConsentAt: new Date(now.getTime() - 90 * day),
            },
          ]
        : [],
    ),
  );
  await tx.insert(customerActivities).values(
    made.flatMap(({ customer, id }) =>
      (customer.orders ?? []).map((amountCents, index) => {
        const occurredAt = new Date(now.getTime() - (12 + index * 30) * day - index * 3_900_000);
        const description = business.locale === "fr" ? "Commande réglée en boutique" : "Order paid at the studio";
        return {
          tenantId,
          id: newId(occurredAt.getTime()),
          customerId: id,
          type: "order" as const,
          channel: "shop",
          description,
          amountCents,
          currency: business.currency,
          occurredAt,
          createdAt: occurredAt,
        };
      }),
    ),
  );
  return new Map(made.map(({ customer, id, instagramId }) => [customer.key, { id, instagramId }]));
}

function identitiesOf(customer: DemoCustomer, channel: DemoChannelKey, instagramId: string) {
  const { phone, email, instagram } = customer;
  const main = (kind: "phone" | "email", value: string) => ({ kind, value, isPrimary: true });
  const also = (kind: "whatsapp_id" | "instagram_id" | "handle", value: string) => ({ kind, value, isPrimary: false });
  return [
    ...(phone ? [main("phone", phone)] : []),
    ...(phone && channel === "whatsapp" ? [also("whatsapp_id", phone.slice(1))] : []),
    ...(email ? [main("email", email)] : []),
    ...(instagram ? [also("instagram_id", instagramId), also("handle", instagram)] : []),
  ];
}
