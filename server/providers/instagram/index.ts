import { channelRules } from "#server/core/channel-rules.ts";
import type { ApiOutcome, ChannelAccess, Provider } from "../contract.ts";
import { check } from "./check.ts";
import { graphUrl } from "./client.ts";
import { credentialFields, credentialSchema } from "./credentials.ts";
import { fetchMedia } from "./fetch-media.ts";
import { fetchProfile } from "./fetch-profile.ts";
import { handshake } from "../meta-handshake.ts";
import { inventCredentials } from "./invent-credentials.ts";
import { oauth, refreshAt } from "./oauth.ts";
import { parse } from "./parse.ts";
import { markRead, send } from "./send.ts";
import { split } from "./split.ts";
import { testPost } from "./test-post.ts";
import { verify } from "../meta-signature.ts";

/** Instagram messaging and comments, through the Instagram API with Instagram Login. */
export const instagram = {
  name: "instagram",
  channelType: "instagram",
  maxBodyBytes: 4 * 1024 * 1024,
  credentialFields,
  credentialSchema,
  routingKeysOf: ({ business_account_id: account, page_id: page }) => [
    `instagram:account:${account}`,
    ...(page ? [`instagram:account:${page}`] : []),
  ],
  addressOf: ({ username = "" }) => `@${username}`,
  handshake,
  split: (post) => split(post.body),
  verify,
  signingField: "app_secret",
  parse,
  acknowledgement: { contentType: "text/plain; charset=utf-8", body: "EVENT_RECEIVED" },
  send,
  markRead,
  fetchMedia,
  fetchProfile,
  refreshToken,
  oauth,
  check,
  inventCredentials,
  testPost,
  ...channelRules.instagram,
  limits: { perSecond: 100, secondsBetweenToOnePerson: 1 },
  defaultApiBaseUrl: graphUrl,
} satisfies Provider;

async function refreshToken(
  channel: ChannelAccess,
): Promise<ApiOutcome<{ credentials: Record<string, string>; expiresAt: Date | null }>> {
  const refreshed = await refreshAt(channel.apiBaseUrl, channel.credentials.access_token ?? "");
  if (refreshed.outcome !== "ok") return refreshed;
  const { accessToken, expiresInSeconds } = refreshed.value;
  return {
    outcome: "ok",
    value: {
      credentials: { ...channel.credentials, access_token: accessToken },
      expiresAt: expiresInSeconds === null ? null : new Date(Date.now() + expiresInSeconds * 1000),
    },
  };
}
