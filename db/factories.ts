import { eq, sql } from "drizzle-orm";
import type { Config } from "#server/core/config.ts";
import { configFrom, isConfigured, readSettings, useConfig } from "#server/core/config.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx, Role } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { newId, newToken } from "#server/core/ids.ts";
import type { MadeChannel } from "./factories-channel.ts";
import { createChannel } from "./factories-channel.ts";
import { count, nextPhone } from "./factories-values.ts";
import { users } from "./schema/auth.ts";
import { conversations } from "./schema/conversations.ts";
import { messages } from "./schema/messages.ts";
import { customerIdentities, customers } from "./schema/customers.ts";
import { memberships, tenantCounters, tenants, userProfiles } from "./schema/tenants.ts";
import { tickets } from "./schema/tickets.ts";
import { withTenant } from "./tenant.ts";

export { createChannel, type MadeChannel } from "./factories-channel.ts";

/** A configuration for tests: a fixed key, no demo, no listening. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const key = Buffer.alloc(32, 7).toString("base64");
  const settings = readSettings({
    DATABASE_URL: "postgres://guichet_app@localhost/test",
    ENCRYPTION_KEY: key,
  });
  return { ...configFrom(settings), publicUrl: "https://guichet.test", privateNetwork: true, ...changes };
}

/** A tenant as tests use it: `tenantId` makes it a scope for `withTenant`. */
export interface MadeTenant {
  tenantId: string;
  slug: string;
  name: string;
}

/** A business of its own for one test suite. Uses the test configuration when the program named none. */
export async function createTenant(values: Partial<typeof tenants.$inferInsert> = {}): Promise<MadeTenant> {
  if (!isConfigured()) useConfig(testConfig());
  const tenantId = values.id ?? newId();
  const slug =
    values.slug ??
    `shop-${count()}-${newToken(4)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "x")}`;
  const name = values.name ?? `Boutique ${slug}`;
  await withTenant({ tenantId }, (tx) => tx.insert(tenants).values({ ...values, id: tenantId, slug, name }));
  return { tenantId, slug, name };
}

export interface MadeMember {
  userId: string;
  email: string;
  name: string;
  role: Role;
  /** What a verb is given when this member acts. */
  ctx: Ctx;
}

/** A person with a membership and a profile. They have no password: tests that sign in set one. */
export async function createMember(
  tenant: { tenantId: string },
  role: Role = "agent",
  values: { userId?: string; email?: string; name?: string; clock?: Clock } = {},
): Promise<MadeMember> {
  const userId = values.userId ?? newId();
  const email = values.email ?? `${role}-${userId.slice(-12)}@shop.example`;
  const name = values.name ?? `Membre ${count()}`;
  await withTenant(tenant, async (tx) => {
    // The people live behind a role that guichet_app may take but does not inherit.
    await tx.execute(sql`set local role guichet_auth`);
    await tx.insert(users).values({ id: userId, email, name }).onConflictDoNothing();
    await tx.execute(sql`reset role`);
    await tx.insert(memberships).values({ tenantId: tenant.tenantId, userId, email, role });
    await tx.insert(userProfiles).values({ tenantId: tenant.tenantId, userId, displayName: name });
  });
  const ctx = contextFor(tenant.tenantId, { type: "member", userId, role }, values.clock);
  return { userId, email, name, role, ctx };
}

export interface MadeCustomer {
  customerId: string;
  tenantId: string;
  phone: string;
  name: string;
}

/** A customer with a primary phone. */
export async function createCustomer(
  tenant: { tenantId: string },
  values: Partial<typeof customers.$inferInsert> & { phone?: string; email?: string } = {},
): Promise<MadeCustomer> {
  const { phone = nextPhone(), email, ...columns } = values;
  const { tenantId } = tenant;
  const customerId = columns.id ?? newId();
  const name = columns.displayName ?? `Client ${count()}`;
  const identities = [
    { kind: "phone" as const, value: phone },
    ...(email ? [{ kind: "email" as const, value: email }] : []),
  ];
  await withTenant(tenant, async (tx) => {
    await tx.insert(customers).values({ ...columns, tenantId, id: customerId, displayName: name });
    await tx.insert(customerIdentities).values(
      identities.map((identity) => ({
        tenantId,
        id: newId(),
        customerId,
        isPrimary: true,
        ...identity,
      })),
    );
  });
  return { customerId, tenantId, phone, name };
}

export interface MadeConversation {
  conversationId: string;
  customerId: string;
  channelId: string;
  channelType: MadeChannel["channelType"];
  tenantId: string;
}

/** An open conversation; makes the customer and the channel that are not given. */
export async function createConversation(
  tenant: { tenantId: string },
  values: Partial<Omit<typeof conversations.$inferInsert, "customerId" | "channelId">> & {
    customer?: MadeCustomer;
    channel?: MadeChannel;
  } = {},
): Promise<MadeConversation> {
  const { customer = await createCustomer(tenant), channel = await createChannel(tenant), ...columns } = values;
  const { tenantId } = tenant;
  const conversationId = columns.id ?? newId();
  await withTenant(tenant, (tx) =>
    tx.insert(conversations).values({
      channelType: channel.channelType,
      addressKind: "phone",
      addressValue: customer.phone,
      lastMessageAt: new Date(),
      ...columns,
      tenantId,
      id: conversationId,
      customerId: customer.customerId,
      channelId: channel.channelId,
    }),
  );
  return {
    conversationId,
    customerId: customer.customerId,
    channelId: channel.channelId,
    channelType: channel.channelType,
    tenantId,
  };
}

/** A message of a conversation: inbound and received unless said otherwise. */
export async function createMessage(
  conversation: MadeConversation,
  values: Partial<Omit<typeof messages.$inferInsert, "conversationId" | "customerId" | "channelId" | "tenantId">> = {},
): Promise<{ messageId: string; externalId: string | null }> {
  const { tenantId, conversationId, customerId, channelId, channelType } = conversation;
  const direction = values.direction ?? "in";
  const messageId = values.id ?? newId();
  const externalId =
    values.externalId === undefined && direction === "in" ? `wamid.${newToken(12)}` : (values.externalId ?? null);
  const at = values.occurredAt ?? new Date();
  await withTenant({ tenantId }, (tx) =>
    tx.insert(messages).values({
      text: "Bonjour, est-ce ouvert samedi ?",
      status: direction === "in" ? "received" : direction === "out" ? "sent" : "received",
      createdAt: at,
      ...values,
      id: messageId,
      tenantId,
      conversationId,
      customerId,
      channelId,
      channelType,
      direction,
      externalId,
      occurredAt: at,
    }),
  );
  return { messageId, externalId };
}

/** A ticket with the tenant's next number. */
export async function createTicket(
  tenant: { tenantId: string },
  values: Partial<typeof tickets.$inferInsert> = {},
): Promise<{ ticketId: string; number: number }> {
  const { tenantId } = tenant;
  const ticketId = values.id ?? newId();
  return withTenant(tenant, async (tx) => {
    const [next] = await tx
      .insert(tenantCounters)
      .values({ tenantId, name: "tickets", value: 1 })
      .onConflictDoUpdate({
        target: [tenantCounters.tenantId, tenantCounters.name],
        set: { value: sql`${tenantCounters.value} + 1` },
      })
      .returning({ value: tenantCounters.value });
    const number = next?.value ?? 1;
    await tx.insert(tickets).values({ subject: `Demande ${number}`, ...values, tenantId, id: ticketId, number });
    return { ticketId, number };
  });
}

/** What a verb is given when the system acts in a tenant. */
export function systemCtx(tenant: { tenantId: string }, clock?: Clock): Ctx {
  return contextFor(tenant.tenantId, { type: "system" }, clock);
}

/** Reads one customer as it stands, totals included. */
export async function readCustomer(customer: { tenantId: string; customerId: string }) {
  const [row] = await withTenant(customer, (tx) =>
    tx.select().from(customers).where(eq(customers.id, customer.customerId)),
  );
  if (!row) throw new Error("no such customer");
  return row;
}
