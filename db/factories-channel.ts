import { currentConfig } from "#server/core/config.ts";
import { digest, seal } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { count, nextPhone } from "./factories-values.ts";
import { channelConfigurations, channelRoutingKeys } from "./schema/channels.ts";
import { withTenant } from "./tenant.ts";

export interface MadeChannel {
  channelId: string;
  tenantId: string;
  provider: "whatsapp" | "twilio";
  channelType: "whatsapp" | "sms";
  /** Every credential in the clear, as the provider's schema names them. */
  credentials: Record<string, string>;
  routingKeys: string[];
  verifyToken: string;
  /** The opaque part of the channel's own webhook URL. */
  webhookKey: string;
}

/** A connected channel with sealed credentials and its routing keys. */
export async function createChannel(
  tenant: { tenantId: string },
  values: Partial<Omit<typeof channelConfigurations.$inferInsert, "provider">> & {
    provider?: "whatsapp" | "twilio";
    credentials?: Record<string, string>;
    routingKeys?: string[];
  } = {},
): Promise<MadeChannel> {
  const { provider = "whatsapp", credentials: given, routingKeys: keys, ...columns } = values;
  const { tenantId } = tenant;
  const channelId = columns.id ?? newId();
  const sample = provider === "whatsapp" ? whatsappSample() : twilioSample();
  const credentials = { ...sample.credentials, ...given };
  const verifyToken = credentials.verify_token ?? newToken(12);
  const webhookKey = newToken();
  const routingKeys = keys ?? [...sample.keysOf(credentials), `hook:${digest(webhookKey)}`];
  const sealed = (text: string) => seal(currentConfig().keyRing, text, `${tenantId}:${channelId}`);
  await withTenant(tenant, async (tx) => {
    await tx.insert(channelConfigurations).values({
      channelType: sample.channelType,
      name: `${sample.channelType} ${sample.address(credentials)}`,
      configured: true,
      setupStep: "done",
      webhookStatus: "active",
      displayPhoneNumber: sample.address(credentials),
      phoneNumberId: credentials.phone_number_id ?? null,
      accountId: credentials.business_account_id ?? credentials.account_sid ?? null,
      ...columns,
      tenantId,
      id: channelId,
      provider,
      configEncrypted: sealed(JSON.stringify(credentials)),
      appSecret: sealed(credentials.app_secret ?? credentials.auth_token ?? ""),
      verifyToken: sealed(verifyToken),
      webhookKey: sealed(webhookKey),
    });
    await tx.insert(channelRoutingKeys).values(routingKeys.map((key) => ({ tenantId, key, channelId })));
  });
  return {
    channelId,
    tenantId,
    provider,
    channelType: sample.channelType,
    credentials,
    routingKeys,
    verifyToken,
    webhookKey,
  };
}

const digits = (length: number) => String(count()).padStart(4, "0") + String(Math.random()).slice(2, 2 + length - 4);

function whatsappSample() {
  return {
    channelType: "whatsapp" as const,
    credentials: {
      phone_number_id: digits(15),
      business_account_id: digits(15),
      display_phone_number: nextPhone(),
      access_token: `EAAG${newToken(24)}`,
      app_secret: newToken(24),
      verify_token: newToken(12),
    } as Record<string, string>,
    keysOf: (c: Record<string, string>) => [
      `whatsapp:number:${c.phone_number_id}`,
      `whatsapp:account:${c.business_account_id}`,
    ],
    address: (c: Record<string, string>) => c.display_phone_number ?? "",
  };
}

function twilioSample() {
  return {
    channelType: "sms" as const,
    credentials: {
      account_sid: `AC${newId().replaceAll("-", "")}`,
      auth_token: newToken(24),
      messaging_service_sid: "",
      phone_number: nextPhone(),
    } as Record<string, string>,
    keysOf: (c: Record<string, string>) => [`twilio:${c.account_sid}:${c.phone_number}`],
    address: (c: Record<string, string>) => c.phone_number ?? "",
  };
}
