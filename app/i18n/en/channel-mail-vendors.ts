import type { channelMailVendors as french } from "../fr/channel-mail-vendors.ts";
import type { Same } from "../translate.ts";

/** What every mail service asks for. */
const sender = <Vendor extends string>(vendor: Vendor) =>
  ({
    [`field.${vendor}.from_address`]: "Sending address",
    [`field.${vendor}.from_address.hint`]: "The one your customers see. Its domain is verified with this service.",
    [`field.${vendor}.from_name`]: "Display name",
    [`field.${vendor}.from_name.hint`]: "What your customers read beside the address.",
    [`field.${vendor}.inbound_address`]: "Receiving address",
    [`field.${vendor}.inbound_address.hint`]:
      "Only where answers arrive at another domain than the sending one. Empty: the same address.",
  }) as Record<`field.${Vendor}.${"from_address" | "from_name" | "inbound_address"}${"" | ".hint"}`, string>;

/** Mail services: what their set-up asks for, checks and explains; part of `channels`. */
export const channelMailVendors: Same<typeof french> = {
  ...sender("sendgrid"),
  "field.sendgrid.api_key": "API key",
  "field.sendgrid.api_key.hint": "SendGrid › Settings › API Keys, with “Mail Send” and “Inbound Parse” rights.",
  "field.sendgrid.verification_key": "Verification key",
  "field.sendgrid.verification_key.hint":
    "SendGrid › Settings › Mail Settings › Event Webhook › “Signature Verification”: switch it on, then copy the key.",
  "webhookIntro.sendgrid":
    "In SendGrid › Settings › Inbound Parse, add your receiving domain with the first address and tick “POST the raw, full MIME message”. In Mail Settings › Event Webhook, paste the second one and tick the delivery events.",
  "address.sendgrid.mails": "Inbound Parse address",
  "address.sendgrid.events": "Event Webhook address",
  ...sender("mailgun"),
  "field.mailgun.domain": "Domain at Mailgun",
  "field.mailgun.domain.hint": "Mailgun › Send › Domains: the one that sends, as written there.",
  "field.mailgun.region": "Region",
  "field.mailgun.region.hint": "Where the domain was created.",
  "options.mailgun.region.eu": "Europe",
  "options.mailgun.region.us": "United States",
  "field.mailgun.api_key": "API key",
  "field.mailgun.api_key.hint": "Mailgun › API Security. An account key lets us check the signing key too.",
  "field.mailgun.signing_key": "Signing key",
  "field.mailgun.signing_key.hint": "Mailgun › API Security › “HTTP webhook signing key”. It signs what reaches us.",
  "webhookIntro.mailgun":
    "In Mailgun › Receiving › Create Route, forward to the first address. In Send › Webhooks, paste the second one for “delivered”, “permanent failure” and “spam complaints”.",
  "address.mailgun.mails": "Route address (forward)",
  "address.mailgun.events": "Webhooks address",
  ...sender("postmark"),
  "field.postmark.server_token": "Server token",
  "field.postmark.server_token.hint": "Postmark › your server › API Tokens.",
  "field.postmark.webhook_password": "Webhook password",
  "field.postmark.webhook_password.hint":
    "Make one up, of letters and digits, at least 12 characters: Postmark gives it to us with every post.",
  "webhookIntro.postmark":
    "Put the password into the address, right after https:// : “guichet:password@”. In Postmark › Inbound Stream › Settings, paste it under “Webhook” and tick “Include raw email content”. In Outbound Stream › Webhooks, paste it for deliveries, bounces and complaints.",
  ...sender("ses"),
  "field.ses.region": "AWS region",
  "field.ses.region.hint": "Where SES is set up, such as eu-west-3 for Paris.",
  "field.ses.access_key_id": "Access key ID",
  "field.ses.access_key_id.hint": "AWS › IAM: a user for Guichet, with the right ses:SendEmail.",
  "field.ses.secret_access_key": "Secret access key",
  "field.ses.secret_access_key.hint": "Shown once by AWS, beside the ID.",
  "field.ses.topic_arn": "SNS topic",
  "field.ses.topic_arn.hint":
    "The ARN of the topic that brings us mails and events. We accept nothing from another topic.",
  "webhookIntro.ses":
    "In AWS › SNS › your topic, create an HTTPS subscription to this address: we confirm it at once. In SES › Email receiving, add the action “Publish to Amazon SNS topic”, in Base64, to the rule. In SES › Configuration sets, publish deliveries, bounces and complaints to the same topic.",
  "check.sending": "The service agrees to send for this address",
  "check.signing_key": "The signing key is the service’s own",
  "check.webhook_password": "The webhook password is the right one",
  "why.key_may_not_send": "This key has no right to send. Give it “Mail Send”, or use another one.",
  "why.domain_not_found": "This domain does not exist in this account. Check the domain and the region.",
  "why.domain_not_verified": "This domain is not verified yet. Add the DNS records it asks for.",
  "why.address_not_verified":
    "Neither this address nor its domain is verified with the service. Verify one of the two.",
  "why.account_in_sandbox":
    "The account is still in the sandbox: it writes to verified addresses only. Ask AWS for production access.",
  "why.mail_not_raw":
    "Mails arrive taken apart: that works, but tick sending the whole (“raw”) mail so that nothing is lost.",
  "why.events_webhook_missing":
    "No Event Webhook leads here: you would not learn that a mail bounced. Paste our address there.",
  "why.events_not_signed": "The Event Webhook is not signed. Switch on “Signature Verification”, then copy the key.",
  "why.signing_key_differs": "The key kept here is not the service’s. Copy it again from its console.",
  "why.webhook_without_password":
    "The registered address has no password: nothing that arrives would be accepted. Add “guichet:password@”.",
  "why.webhook_password_differs": "The registered address carries another password than the one kept here.",
};
