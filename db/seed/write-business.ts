import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import type { KeyRing } from "#server/core/crypto.ts";
import { digest, seal } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { passwords, users } from "../schema/auth.ts";
import { channelConfigurations, channelRoutingKeys } from "../schema/channels.ts";
import { quickReplies } from "../schema/quick-replies.ts";
import { memberships, tenants, userProfiles } from "../schema/tenants.ts";
import type { TenantTx } from "../tenant.ts";
import { demoPassword } from "./demo-password.ts";
import type { ConnectedChannel } from "./demo-channels.ts";
import { connectDemo, secretNames } from "./demo-channels.ts";
import type { DemoBusiness, DemoChannel, DemoChannelKey, DemoMember } from "./shape.ts";

export interface SeededChannel extends ConnectedChannel {
  id: string;
  channelType: DemoChannelKey;
  provider: DemoChannel["provider"];
  address: string;
  signature: string | null;
}

export interface SeededBusiness {
  tenantId: string;
  memberIds: Map<string, string>;
  channels: Record<DemoChannelKey, SeededChannel>;
}

/** The tenant, its people with the demo password, its simulated channels and its ready-made answers. */
export async function writeBusiness(
  tx: TenantTx,
  business: DemoBusiness,
  keyRing: KeyRing,
  now: Date,
): Promise<SeededBusiness> {
  const { tenantId } = tx;
  const { name, slug, country, timezone, locale, currency } = business;
  const createdAt = new Date(now.getTime() - 400 * 86_400_000);
  await tx
    .insert(tenants)
    .values({ id: tenantId, name, slug, country, timezone, locale, currency, demo: true, createdAt });
  const memberIds = await writeMembers(tx, business.members, locale, createdAt);
  const channels = await writeChannels(tx, business.channels, keyRing, now);
  await tx
    .insert(quickReplies)
    .values(
      business.quickReplies.map((reply, index) => ({ tenantId, id: newId(), ...reply, usageCount: 40 - index * 6 })),
    );
  return { tenantId, memberIds, channels };
}

/** People live behind a role that guichet_app may take but does not inherit. */
export async function writeMembers(
  tx: TenantTx,
  members: DemoMember[],
  locale: "fr" | "en",
  createdAt: Date,
): Promise<Map<string, string>> {
  const { tenantId } = tx;
  const people = members.map((member) => ({ ...member, userId: newId() }));
  const hashes = await Promise.all(
    people.map(() => hash(demoPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })),
  );
  await tx.execute(sql`set local role guichet_auth`);
  await tx.insert(users).values(people.map(({ userId, email, name }) => ({ id: userId, email, name, locale })));
  await tx.insert(passwords).values(people.map(({ userId }, index) => ({ userId, hash: hashes[index] ?? "" })));
  await tx.execute(sql`reset role`);
  await tx
    .insert(memberships)
    .values(people.map(({ userId, email, role }) => ({ tenantId, userId, email, role, createdAt })));
  await tx
    .insert(userProfiles)
    .values(people.map(({ userId, name }) => ({ tenantId, userId, displayName: name, locale })));
  return new Map(people.map(({ key, userId }) => [key, userId]));
}

async function writeChannels(
  tx: TenantTx,
  channels: Record<DemoChannelKey, DemoChannel>,
  keyRing: KeyRing,
  now: Date,
): Promise<Record<DemoChannelKey, SeededChannel>> {
  const made = Object.entries(channels).map(([channelType, channel]) => {
    const id = newId();
    const { signature = null, provider, address } = channel;
    const seeded = { id, channelType: channelType as DemoChannelKey, provider, address, signature };
    return { channel, seeded: { ...seeded, ...connectDemo(channel) }, webhookKey: newToken() };
  });
  const rows = made.map(({ channel, seeded, webhookKey }) =>
    channelRow(tx.tenantId, channel, seeded, { webhookKey, keyRing, now }),
  );
  await tx.insert(channelConfigurations).values(rows);
  const keys = made.flatMap(({ seeded, webhookKey }) =>
    [...seeded.routingKeys, `hook:${digest(webhookKey)}`].map((key) => ({ key, channelId: seeded.id })),
  );
  await tx.insert(channelRoutingKeys).values(keys.map((row) => ({ tenantId: tx.tenantId, ...row })));
  const entries = made.map(({ seeded }) => [seeded.channelType, seeded]);
  return Object.fromEntries(entries) as Record<DemoChannelKey, SeededChannel>;
}

const day = 86_400_000;

function channelRow(
  tenantId: string,
  { name, autoTicketRule }: DemoChannel,
  channel: SeededChannel,
  { webhookKey, keyRing, now }: { webhookKey: string; keyRing: KeyRing; now: Date },
): typeof channelConfigurations.$inferInsert {
  const { id, channelType, provider, credentials, routingKeys, address, signature } = channel;
  const sealed = (text: string) => seal(keyRing, text, `${tenantId}:${id}`);
  return {
    tenantId,
    id,
    channelType,
    provider,
    name,
    configured: true,
    setupStep: "done",
    configEncrypted: sealed(JSON.stringify(credentials)),
    configPublic: Object.fromEntries(Object.entries(credentials).filter(([field]) => !secretNames.includes(field))),
    phoneNumberId: channel.phoneNumberId ?? null,
    accountId: channel.accountId ?? null,
    assistantId: channel.assistantId ?? null,
    // Long tokens live sixty days, and are renewed in time.
    tokenExpiresAt: provider === "instagram" ? new Date(now.getTime() + 47 * day) : null,
    appSecret: sealed(channel.signingSecret),
    verifyToken: sealed(credentials.verify_token ?? newToken(18)),
    webhookKey: sealed(webhookKey),
    displayPhoneNumber: address,
    mailSignature: signature,
    webhookEvents: ["messages"],
    webhookStatus: "active",
    webhookMetadata: { routingKeys },
    autoTicketRule,
    simulated: true,
    createdAt: new Date(now.getTime() - 400 * day),
  };
}
