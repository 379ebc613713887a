import { channelRules } from "#server/core/channel-rules.ts";
import { internationalPhone } from "#server/core/phones.ts";
import type { Provider } from "../contract.ts";
import { check } from "./check.ts";
import { graphUrl } from "./client.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { fetchMedia } from "./fetch-media.ts";
import { handshake } from "../meta-handshake.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { listTemplates } from "./list-templates.ts";
import { markRead } from "./mark-read.ts";
import { oauth } from "./oauth.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { splitTestPost } from "./split-test-post.ts";
import { testPost } from "./test-post.ts";
import { verify } from "../meta-signature.ts";

/** The WhatsApp Cloud API of Meta. */
export const whatsapp = {
  name: "whatsapp",
  channelType: "whatsapp",
  maxBodyBytes: 4 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: ({ phone_number_id: number, business_account_id: account }) => [
    `whatsapp:number:${number}`,
    `whatsapp:account:${account}`,
  ],
  addressOf: ({ display_phone_number: shown = "" }) => internationalPhone(shown) ?? shown,
  handshake,
  split: (post) => split(post.body),
  splitTest: splitTestPost,
  verify,
  signingField: "app_secret",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "EVENT_RECEIVED" },
  send,
  fetchMedia,
  markRead,
  listTemplates,
  oauth,
  check,
  inventCredentials,
  testPost,
  ...channelRules.whatsapp,
  limits: { perSecond: 80, secondsBetweenToOnePerson: 6 },
  defaultApiBaseUrl: graphUrl,
} satisfies Provider;
