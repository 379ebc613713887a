import { channelRules } from "#server/core/channel-rules.ts";
import { mailKeysOf } from "#server/mail/index.ts";
import type { Provider } from "../contract.ts";
import { check } from "./check.ts";
import { sendgridUrl } from "./client.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { verify } from "./verify.ts";

/** Mail through SendGrid: Inbound Parse, the event webhook, and its API. */
export const sendgrid = {
  name: "sendgrid",
  channelType: "email",
  maxBodyBytes: 40 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  webhookEntries: [
    { name: "mails", suffix: "" },
    { name: "events", suffix: "" },
  ],
  routingKeysOf: (credentials) => mailKeysOf("sendgrid", credentials),
  addressOf: ({ from_address: address = "" }) => address,
  split,
  verify,
  signingField: "verification_key",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "OK" },
  send,
  check,
  inventCredentials,
  testPost,
  ...channelRules.sendgrid,
  limits: { perSecond: 10, secondsBetweenToOnePerson: 2 },
  defaultApiBaseUrl: sendgridUrl,
} satisfies Provider;
