import { channelRules } from "#server/core/channel-rules.ts";
import type { Provider } from "../contract.ts";
import { canonicalAddress } from "./address.ts";
import { check } from "./check.ts";
import { twilioUrl } from "./client.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { verify } from "./verify.ts";

/** Twilio Programmable Messaging. */
export const twilio = {
  name: "twilio",
  channelType: "sms",
  maxBodyBytes: 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: ({ account_sid: account, phone_number: number, messaging_service_sid: service }) =>
    [number ? canonicalAddress(number) : "", service ?? ""]
      .filter((owner) => owner !== "")
      .map((owner) => `twilio:${account}:${owner}`),
  addressOf: ({ phone_number: number, messaging_service_sid: service }) => number || service || "",
  split,
  verify,
  signingField: "auth_token",
  parse,
  acknowledgement: {
    contentType: "text/xml; charset=utf-8",
    body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
  },
  send,
  check,
  inventCredentials,
  testPost,
  ...channelRules.twilio,
  limits: { perSecond: 1, secondsBetweenToOnePerson: 0 },
  defaultApiBaseUrl: twilioUrl,
} satisfies Provider;
