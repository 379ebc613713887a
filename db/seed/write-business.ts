import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import type { KeyRing } from "#server/core/crypto.ts";
import { digest, seal } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { passwords, users } from "../schema/auth.ts";
import { channelConfigurations, channelRoutingKeys } from "../schema/channels.ts";
import { quickReplies } from "../schema/conversations.ts";
import { memberships, tenants, userProfiles } from "../schema/tenants.ts";
import type { TenantTx } from "../tenant.ts";
import { demoPassword } from "./demo-password.ts";
import type { DemoBusiness, DemoChannel, DemoMember } from "./shape.ts";

export interface SeededChannel {
  id: string;
  channelType: "whatsapp" | "sms";
  provider: "whatsapp" | "twilio";
  number: string;
  credentials: Record<string, string>;
}

export interface SeededBusiness {
  tenantId: string;
  memberIds: Map<string, string>;
  whatsapp: SeededChannel;
  sms: SeededChannel;
}

/** The tenant, its people with the demo password, its two simulated channels and its ready-made answers. */
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
  const whatsapp = await writeChannel(tx, business.whatsapp, "whatsapp", keyRing, createdAt);
  const sms = await writeChannel(tx, business.sms, "sms", keyRing, createdAt);
  await tx
    .insert(quickReplies)
    .values(
      business.quickReplies.map((reply, index) => ({ tenantId, id: newId(), ...reply, usageCount: 40 - index * 6 })),
    );
  return { tenantId, memberIds, whatsapp, sms };
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

async function writeChannel(
  tx: TenantTx,
  channel: DemoChannel,
  channelType: "whatsapp" | "sms",
  keyRing: KeyRing,
  createdAt: Date,
): Promise<SeededChannel> {
  const { tenantId } = tx;
  const id = newId();
  const provider = channelType === "whatsapp" ? "whatsapp" : "twilio";
  const credentials = channelType === "whatsapp" ? whatsappCredentials(channel) : twilioCredentials(channel);
  const { verify_token: verifyToken = newToken(18) } = credentials;
  const secretNames = ["access_token", "app_secret", "auth_token", "verify_token"];
  const webhookKey = newToken();
  const routingKeys = [...keysOf(credentials), `hook:${digest(webhookKey)}`];
  const sealed = (text: string) => seal(keyRing, text, `${tenantId}:${id}`);
  await tx.insert(channelConfigurations).values({
    tenantId,
    id,
    channelType,
    provider,
    name: channel.name,
    configured: true,
    setupStep: "done",
    configEncrypted: sealed(JSON.stringify(credentials)),
    configPublic: Object.fromEntries(Object.entries(credentials).filter(([name]) => !secretNames.includes(name))),
    phoneNumberId: credentials.phone_number_id ?? null,
    accountId: credentials.business_account_id ?? credentials.account_sid ?? null,
    appSecret: sealed(credentials.app_secret ?? credentials.auth_token ?? ""),
    verifyToken: sealed(verifyToken),
    webhookKey: sealed(webhookKey),
    displayPhoneNumber: channel.number,
    webhookEvents: ["messages"],
    webhookStatus: "active",
    webhookMetadata: { routingKeys: keysOf(credentials) },
    autoTicketRule: channel.autoTicketRule,
    simulated: true,
    createdAt,
  });
  await tx.insert(channelRoutingKeys).values(routingKeys.map((key) => ({ tenantId, key, channelId: id })));
  return { id, channelType, provider, number: channel.number, credentials };
}

const digits = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 9) + 1).join("");
const hex = () => newId().replaceAll("-", "");

/** Ids and secrets of their own for every database: nothing here is a constant that could be guessed. */
function whatsappCredentials({ number }: DemoChannel): Record<string, string> {
  return {
    phone_number_id: digits(15),
    business_account_id: digits(15),
    display_phone_number: number,
    access_token: `EAAG${newToken(48)}`,
    app_secret: newToken(24),
    verify_token: newToken(18),
  };
}

function twilioCredentials({ number }: DemoChannel): Record<string, string> {
  return { account_sid: `AC${hex()}`, auth_token: newToken(24), phone_number: number, messaging_service_sid: "" };
}

function keysOf(credentials: Record<string, string>): string[] {
  return credentials.phone_number_id
    ? [`whatsapp:number:${credentials.phone_number_id}`, `whatsapp:account:${credentials.business_account_id}`]
    : [`twilio:${credentials.account_sid}:${credentials.phone_number}`];
}
