import { randomUUID } from "node:crypto";
import { currentConfig } from "#server/core/config.ts";
import { digest, seal } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { count, nextPhone } from "./factories-values.ts";
import { channelConfigurations, channelRoutingKeys } from "./schema/channels.ts";
import { withTenant } from "./tenant.ts";

/** What a test needs of a vendor: credentials of the right form and what its channel is known by. */
interface Sample {
  channelType: typeof channelConfigurations.$inferSelect.channelType;
  credentials: Record<string, string>;
  keysOf(credentials: Record<string, string>): string[];
  address(credentials: Record<string, string>): string;
  signingSecret(credentials: Record<string, string>): string;
}

export interface MadeChannel {
  channelId: string;
  tenantId: string;
  provider: SampleProvider;
  channelType: typeof channelConfigurations.$inferSelect.channelType;
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
    provider?: SampleProvider;
    credentials?: Record<string, string>;
    routingKeys?: string[];
  } = {},
): Promise<MadeChannel> {
  const { provider = "whatsapp", credentials: given, routingKeys: keys, ...columns } = values;
  const { tenantId } = tenant;
  const channelId = columns.id ?? newId();
  const sample = samples[provider]();
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
      assistantId: credentials.assistant_id ?? credentials.agent_id ?? null,
      ...(sample.channelType === "phone" ? { configPublic: numbersOf(credentials) } : {}),
      ...columns,
      tenantId,
      id: channelId,
      provider,
      configEncrypted: sealed(JSON.stringify(credentials)),
      appSecret: sealed(sample.signingSecret(credentials)),
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

/** What the set-up shows of a voice agent's credentials, and live questions are routed by. */
const numbersOf = ({ phone_number = "", forwarded_numbers = "" }: Record<string, string>) => ({
  phone_number,
  forwarded_numbers,
});

const digits = (length: number) => String(count()).padStart(4, "0") + String(Math.random()).slice(2, 2 + length - 4);

function whatsappSample(): Sample {
  return {
    channelType: "whatsapp",
    credentials: {
      phone_number_id: digits(15),
      business_account_id: digits(15),
      display_phone_number: nextPhone(),
      access_token: `EAAG${newToken(24)}`,
      app_secret: newToken(24),
      verify_token: newToken(12),
    },
    keysOf: (c) => [`whatsapp:number:${c.phone_number_id}`, `whatsapp:account:${c.business_account_id}`],
    address: (c) => c.display_phone_number ?? "",
    signingSecret: (c) => c.app_secret ?? "",
  };
}

function instagramSample(): Sample {
  return {
    channelType: "instagram",
    credentials: {
      username: `boutique.${digits(8)}`,
      business_account_id: `17841${digits(12)}`,
      page_id: "",
      access_token: `IGAA${newToken(24)}`,
      app_secret: newToken(24),
      verify_token: newToken(12),
    },
    keysOf: (c) => [`instagram:account:${c.business_account_id}`],
    address: (c) => `@${c.username}`,
    signingSecret: (c) => c.app_secret ?? "",
  };
}

function twilioSample(): Sample {
  return {
    channelType: "sms",
    credentials: {
      account_sid: `AC${newId().replaceAll("-", "")}`,
      auth_token: newToken(24),
      messaging_service_sid: "",
      phone_number: nextPhone(),
    },
    keysOf: (c) => [`twilio:${c.account_sid}:${c.phone_number}`],
    address: (c) => c.phone_number ?? "",
    signingSecret: (c) => c.auth_token ?? "",
  };
}

function vapiSample(): Sample {
  return {
    channelType: "phone",
    credentials: {
      api_key: newToken(24),
      assistant_id: randomUUID(),
      phone_number_id: randomUUID(),
      phone_number: nextPhone(),
      forwarded_numbers: "",
      server_secret: newToken(24),
    },
    keysOf: (c) => [`vapi:assistant:${c.assistant_id}`, `vapi:number:${c.phone_number_id}`],
    address: (c) => c.phone_number ?? "",
    signingSecret: (c) => c.server_secret ?? "",
  };
}

function retellSample(): Sample {
  return {
    channelType: "phone",
    credentials: {
      api_key: `key_${newToken(24)}`,
      agent_id: `agent_${newToken(12)}`,
      phone_number: nextPhone(),
      forwarded_numbers: "",
    },
    keysOf: (c) => [`retell:agent:${c.agent_id}`, `retell:number:${c.phone_number}`],
    address: (c) => c.phone_number ?? "",
    signingSecret: (c) => c.api_key ?? "",
  };
}

function emailSample(): Sample {
  return {
    channelType: "email",
    credentials: {
      address: `boutique-${count()}-${newToken(4)
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, "x")}@shop.example`,
      display_name: "Boutique",
      imap_password: newToken(18),
      imap_host: "localhost",
      imap_port: "993",
      imap_security: "tls",
      imap_user: "",
      folder: "",
      smtp_host: "localhost",
      smtp_port: "465",
      smtp_security: "tls",
      smtp_user: "",
      smtp_password: "",
      plus_addressing: "no",
    },
    keysOf: (c) => [`email:mailbox:${c.address}`],
    address: (c) => c.address ?? "",
    signingSecret: () => "",
  };
}

const samples = {
  whatsapp: whatsappSample,
  instagram: instagramSample,
  twilio: twilioSample,
  vapi: vapiSample,
  retell: retellSample,
  email: emailSample,
} satisfies Record<string, () => Sample>;
export type SampleProvider = keyof typeof samples;
