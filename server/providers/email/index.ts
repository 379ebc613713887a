import { channelRules } from "#server/core/channel-rules.ts";
import type { Provider } from "../contract.ts";
import { mailboxKey } from "./address.ts";
import { check } from "./check.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { findSent } from "./find-sent.ts";
import { mostMailBytes } from "./imap.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { openMailbox } from "./mailbox.ts";
import { parse } from "./parse.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";

/** A mailbox of one's own: read over IMAP, written from over SMTP. */
export const email = {
  name: "email",
  channelType: "email",
  maxBodyBytes: mostMailBytes,
  credentialFields,
  credentialSchema,
  webhookEntries: [],
  routingKeysOf: ({ address = "" }) => [mailboxKey(address)],
  addressOf: ({ address = "" }) => address,
  split,
  // A mail that was fetched with the channel's own login needs no signature; one that is posted here has none.
  verify: () => ({ ok: false, reason: "not_configured" }),
  signingField: "",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "" },
  send,
  findSent,
  openMailbox,
  check,
  inventCredentials,
  testPost,
  ...channelRules.email,
  limits: { perSecond: 1, secondsBetweenToOnePerson: 2 },
  defaultApiBaseUrl: "",
} satisfies Provider;
