import { channelRules } from "#server/core/channel-rules.ts";
import { mailKeysOf } from "#server/mail/index.ts";
import type { Provider } from "../contract.ts";
import { check } from "./check.ts";
import { mailgunUrl } from "./client.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { verify } from "./verify.ts";

/** Mail through Mailgun: routes, webhooks, and its API. */
export const mailgun = {
  name: "mailgun",
  channelType: "email",
  maxBodyBytes: 40 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  // An address that ends in `mime` is brought mails whole.
  webhookEntries: [
    { name: "mails", suffix: "?mime" },
    { name: "events", suffix: "" },
  ],
  routingKeysOf: (credentials) => mailKeysOf("mailgun", credentials),
  addressOf: ({ from_address: address = "" }) => address,
  split,
  verify,
  signingField: "signing_key",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "OK" },
  send,
  check,
  inventCredentials,
  testPost,
  ...channelRules.mailgun,
  limits: { perSecond: 10, secondsBetweenToOnePerson: 2 },
  defaultApiBaseUrl: mailgunUrl,
} satisfies Provider;
