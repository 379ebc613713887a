import { channelRules } from "#server/core/channel-rules.ts";
import { mailKeysOf } from "#server/mail/index.ts";
import type { Provider } from "../contract.ts";
import { check } from "./check.ts";
import { postmarkUrl } from "./client.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { verify } from "./verify.ts";

/** Mail through Postmark: inbound stream, webhooks, and its API. */
export const postmark = {
  name: "postmark",
  channelType: "email",
  maxBodyBytes: 40 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: (credentials) => mailKeysOf("postmark", credentials),
  addressOf: ({ from_address: address = "" }) => address,
  split,
  verify,
  signingField: "webhook_password",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "OK" },
  send,
  check,
  inventCredentials,
  testPost,
  ...channelRules.postmark,
  limits: { perSecond: 10, secondsBetweenToOnePerson: 2 },
  defaultApiBaseUrl: postmarkUrl,
} satisfies Provider;
