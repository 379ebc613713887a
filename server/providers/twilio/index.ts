import { channelRules } from "#server/core/channel-rules.ts";
import type { Provider } from "../contract.ts";
import { check } from "./check.ts";
import { twilioUrl } from "./client.ts";
import { channelTypeOf, credentialFields, credentialSchema, routingKeysOf } from "./credentials.ts";
import { fetchCall } from "./fetch-call.ts";
import { fetchMedia } from "./fetch-media.ts";
import { findSent } from "./find-sent.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { listTemplates } from "./list-templates.ts";
import { liveAnswer, liveLimitMs, liveQuestion } from "./live.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { twimlOf } from "./twiml.ts";
import { verify } from "./verify.ts";

/** Twilio: texts and pictures, WhatsApp through Twilio, and incoming calls. */
export const twilio = {
  name: "twilio",
  channelType: "sms",
  channelTypeOf,
  maxBodyBytes: 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf,
  addressOf: ({ phone_number: number, messaging_service_sid: service }) =>
    number?.replace(/^whatsapp:/, "") || service || "",
  split,
  verify,
  signingField: "auth_token",
  parse,
  acknowledgement: { contentType: "text/xml; charset=utf-8", body: twimlOf() },
  liveQuestion,
  liveAnswer,
  liveLimitMs,
  send,
  fetchMedia,
  findSent,
  fetchCall,
  listTemplates,
  check,
  inventCredentials,
  testPost,
  ...channelRules.twilio,
  limits: { perSecond: 1, secondsBetweenToOnePerson: 0 },
  defaultApiBaseUrl: twilioUrl,
} satisfies Provider;
