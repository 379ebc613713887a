import type { ChannelAccess, MediaOutcome, MediaRef } from "../contract.ts";
import { fetchFile, mediaOutcome } from "../fetch-file.ts";
import { graphUrl } from "./client.ts";

/** Where Meta keeps files. Addresses come with webhooks: nothing else is ever asked for on their word. */
const cdn = /(?:^|\.)(?:fbcdn\.net|cdninstagram\.com|fbsbx\.com)$/;

/**
 * Fetches a file of a message from Meta's CDN while its address lives. The address is its own permission:
 * the channel's token is not sent along. Never more than `mostBytes`, never from another host.
 */
export async function fetchMedia(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome> {
  const url = addressOf(channel, media.url);
  if (!url) return { outcome: "refused", reason: "not_found", text: media.error ?? "not an address of Meta's" };
  const answer = await fetchFile(url.href, { provider: channel.apiBaseUrl, mostBytes, allows: () => false });
  return mediaOutcome(answer, { mimeType: null, fileName: null }, refused);
}

function addressOf(channel: ChannelAccess, address: string | null): URL | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const simulated = channel.apiBaseUrl !== graphUrl && url.href.startsWith(`${channel.apiBaseUrl}/`);
  return simulated || (url.protocol === "https:" && cdn.test(url.hostname)) ? url : null;
}

/** Meta answers 403 for an address whose time is over. */
function refused(status: number): MediaOutcome {
  if (status === 403 || status === 404 || status === 410) return { outcome: "expired", text: `HTTP ${status}` };
  if (status === 429 || status >= 500) return { outcome: "retry", text: `HTTP ${status}` };
  return { outcome: "refused", reason: "not_found", text: `HTTP ${status}` };
}
