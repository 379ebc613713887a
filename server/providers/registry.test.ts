import { expect, test } from "vitest";
import type { ProviderName } from "./contract.ts";
import { allProviders, providerNamed } from "./registry.ts";
import { signingKeyOf } from "./sendgrid/signing-key.ts";
import { receivedAt } from "./testing-samples.ts";
import { isOurWebhook } from "./webhook-address.ts";

const credentials: Partial<Record<ProviderName, Record<string, string>>> = {
  whatsapp: {
    phone_number_id: "106540352242922",
    business_account_id: "102290129340398",
    display_phone_number: "+33 1 99 00 12 34",
    access_token: "jeton-d-essai",
    app_secret: "secret-d-essai",
    verify_token: "phrase-d-essai",
  },
  instagram: {
    username: "atelier.lumen",
    business_account_id: "17841400008460056",
    page_id: "",
    access_token: "jeton-d-essai",
    app_secret: "secret-d-essai",
    verify_token: "phrase-d-essai",
  },
  twilio: {
    account_sid: "AC00000000000000000000000000000001",
    auth_token: "jeton-d-essai-long",
    use: "sms",
    phone_number: "+33 1 99 00 12 34",
    messaging_service_sid: "",
  },
  sendgrid: {
    from_address: "bonjour@atelier-lumen.example",
    from_name: "Atelier Lumen",
    inbound_address: "bonjour@reponses.atelier-lumen.example",
    api_key: "SG.clef-d-essai",
    verification_key: signingKeyOf("SG.clef-d-essai").verificationKey,
  },
  mailgun: {
    from_address: "bonjour@atelier-lumen.example",
    from_name: "",
    inbound_address: "",
    domain: "mg.atelier-lumen.example",
    region: "eu",
    api_key: "key-clef-d-essai",
    signing_key: "clef-de-signature-d-essai",
  },
  postmark: {
    from_address: "bonjour@atelier-lumen.example",
    from_name: "",
    inbound_address: "",
    server_token: "jeton-d-essai",
    webhook_password: "phrase-d-essai-longue",
  },
  ses: {
    from_address: "bonjour@atelier-lumen.example",
    from_name: "",
    inbound_address: "",
    region: "eu-west-3",
    access_key_id: "AKIAESSAIESSAIESSAI0",
    secret_access_key: "secret-d-essai-long",
    topic_arn: "arn:aws:sns:eu-west-3:123456789012:guichet",
  },
  vapi: {
    api_key: "clef-privee-d-essai",
    assistant_id: "5d1c7a3e-1f2b-4c6d-8e9f-0a1b2c3d4e5f",
    phone_number_id: "7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2910",
    phone_number: "+33 1 99 00 12 34",
    forwarded_numbers: "",
    server_secret: "phrase-d-essai",
  },
  retell: {
    api_key: "key_clef-d-essai-longue",
    agent_id: "agent_essai_0001",
    phone_number: "+33 1 99 00 12 34",
    forwarded_numbers: "01 99 00 56 78; +33 1 99 00 56 79",
  },
  email: {
    address: "bonjour@atelier.example",
    display_name: "Atelier",
    imap_password: "mot-de-passe-d-essai",
    imap_host: "imap.atelier.example",
    imap_port: "993",
    imap_security: "tls",
    imap_user: "",
    folder: "",
    smtp_host: "smtp.atelier.example",
    smtp_port: "465",
    smtp_security: "tls",
    smtp_user: "",
    smtp_password: "",
    plus_addressing: "no",
  },
};

const addresses: Partial<Record<ProviderName, string>> = {
  instagram: "@atelier.lumen",
  email: "bonjour@atelier.example",
  sendgrid: "bonjour@atelier-lumen.example",
  mailgun: "bonjour@atelier-lumen.example",
  postmark: "bonjour@atelier-lumen.example",
  ses: "bonjour@atelier-lumen.example",
};

test("a provider is found by its stored name, and an unknown name finds none", () => {
  expect(providerNamed("whatsapp")?.name).toBe("whatsapp");
  expect(providerNamed("constructor")).toBeNull();
});

test.each(allProviders.map((provider) => [provider.name, provider] as const))(
  "%s keeps the contract",
  async (name, provider) => {
    const access = {
      channelId: "channel",
      tenantId: "tenant",
      credentials: provider.credentialSchema.parse(credentials[name]),
      apiBaseUrl: provider.defaultApiBaseUrl,
    };
    const names = provider.credentialFields.map((field) => field.name);
    expect(names.toSorted()).toEqual(Object.keys(credentials[name] ?? {}).toSorted());
    // Whoever posts signs; a mailbox that we read is opened with its own login, and nothing posted in its name is believed.
    const reads = provider.openMailbox !== undefined;
    expect(provider.credentialFields.find((field) => field.name === provider.signingField)?.secret).toBe(
      reads ? undefined : true,
    );
    expect(provider.addressOf(access.credentials)).toBe(addresses[name] ?? "+33199001234");

    const post = provider.testPost(access, "https://guichet.example/webhooks/x/clef", "essai");
    expect(provider.verify(post, access.credentials[provider.signingField] ?? "").ok).toBe(!reads);
    const [part, ...more] = await provider.split(post);
    expect(more).toEqual([]);
    expect(part?.routingKeys[0]).toBe(provider.routingKeysOf(access.credentials)[0]);
    expect(part && provider.parse(part.payload, receivedAt)).toMatchObject({
      event: { kind: "ignored" },
      unknowns: [],
    });
  },
);

test("the channel's own address and the shared one are ours", () => {
  const own = "https://guichet.example/webhooks/twilio/clef";
  expect(isOurWebhook(own, own)).toBe(true);
  expect(isOurWebhook(`${own}/`, own)).toBe(true);
  expect(isOurWebhook("https://guichet.example/webhooks/twilio", own)).toBe(true);
  expect(isOurWebhook("https://guichet.example/webhooks", own)).toBe(false);
  expect(isOurWebhook("https://ailleurs.example/webhooks/twilio/clef", own)).toBe(false);
});
