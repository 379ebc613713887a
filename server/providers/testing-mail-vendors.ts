import type { OutboundMessage, Provider } from "./contract.ts";
import { createMailgunFake } from "./mailgun/fake.ts";
import { mailgun } from "./mailgun/index.ts";
import { createPostmarkFake } from "./postmark/fake.ts";
import { postmark } from "./postmark/index.ts";
import { createSendgridFake } from "./sendgrid/fake.ts";
import { sendgrid } from "./sendgrid/index.ts";
import { createSesFake } from "./ses/fake.ts";
import { ses } from "./ses/index.ts";
import type { MailStandIn, StandInOptions } from "./stand-in.ts";
import { startVendor } from "./testing-vendor.ts";

/** A vendor of mail as the tests that all of them share see it. */
export interface TestedVendor {
  name: string;
  provider: Provider;
  make: (options: StandInOptions) => MailStandIn;
  /** The credential that the API asks for, and the one that posts are signed with. */
  key: string;
  secret: string;
  /** How each refusal of the API is understood. */
  refusals: Record<string, string>;
}

export const mailVendors: TestedVendor[] = [
  {
    name: "SendGrid",
    provider: sendgrid,
    make: createSendgridFake,
    key: "api_key",
    secret: "verification_key",
    refusals: { 400: "permanent", 403: "channel", 429: "slow", 503: "retry" },
  },
  {
    name: "Mailgun",
    provider: mailgun,
    make: createMailgunFake,
    key: "api_key",
    secret: "signing_key",
    refusals: { 400: "permanent", 401: "channel", 429: "slow", 500: "retry" },
  },
  {
    name: "Postmark",
    provider: postmark,
    make: createPostmarkFake,
    key: "server_token",
    secret: "webhook_password",
    refusals: { 300: "permanent", 10: "channel", 406: "opted_out", 429: "slow", 100: "retry" },
  },
  {
    name: "Amazon SES",
    provider: ses,
    make: createSesFake,
    key: "secret_access_key",
    secret: "topic_arn",
    refusals: {
      MailFromDomainNotVerifiedException: "channel",
      TooManyRequestsException: "slow",
      BadRequestException: "permanent",
    },
  },
];
/** The vendors by name, for `test.each`. */
export const byVendor = mailVendors.map((vendor) => [vendor.name, vendor] as const);

export const camille = { address: "camille@client.example", name: "Camille Fictive" };

/** The vendor's stand-in with one account, posting to an address of the channel's own. */
export async function startMailVendor({ provider, make }: TestedVendor) {
  const credentials = { ...provider.inventCredentials(), from_name: "Atelier" };
  const vendor = await startVendor(provider, make, credentials);
  const webhookUrl = `${vendor.webhookUrl}/adresse-du-canal`;
  vendor.standIn.addAccount(credentials, { webhookUrl });
  return { ...vendor, webhookUrl };
}

/** An answer in a thread, with a copy to somebody. */
export function answer(change: Partial<OutboundMessage> = {}): OutboundMessage {
  const id = "01990000-0000-7000-8000-000000000001";
  return {
    id,
    to: { kind: "email", value: camille.address },
    text: "Oui, mercredi.",
    replyToId: null,
    statusCallbackUrl: null,
    mail: {
      messageId: `<${id}.guichet@courriel.example>`,
      subject: "Re: Abat-jour",
      html: null,
      cc: ["atelier@client.example"],
      inReplyTo: "<une@client.example>",
      references: ["<une@client.example>"],
      replyTo: "boutique+g01990000000070008000000000000002@courriel.example",
      automatic: false,
    },
    ...change,
  };
}
