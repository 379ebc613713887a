import { channelRules } from "#server/core/channel-rules.ts";
import { mailKeysOf } from "#server/mail/index.ts";
import type { Provider } from "../contract.ts";
import { check } from "./check.ts";
import { sesUrl } from "./client.ts";
import { confirm } from "./confirm-subscription.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split, topicKey } from "./split.ts";
import { testPost } from "./test-post.ts";
import { beforeVerify, verify } from "./verify.ts";

/** Mail through Amazon SES, its mails and events brought by SNS. */
export const ses = {
  name: "ses",
  channelType: "email",
  maxBodyBytes: 40 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: (credentials) => [...mailKeysOf("ses", credentials), topicKey(credentials.topic_arn ?? "")],
  addressOf: ({ from_address: address = "" }) => address,
  split,
  beforeVerify,
  verify,
  confirm,
  signingField: "topic_arn",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "OK" },
  send,
  check,
  inventCredentials,
  testPost,
  ...channelRules.ses,
  limits: { perSecond: 10, secondsBetweenToOnePerson: 2 },
  defaultApiBaseUrl: sesUrl,
} satisfies Provider;
