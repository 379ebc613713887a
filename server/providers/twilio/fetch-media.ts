import type { ChannelAccess, MediaOutcome, MediaRef } from "../contract.ts";
import { fetchFile, mediaOutcome, tryAgain } from "../fetch-file.ts";
import { baseOf, basic } from "./client.ts";

/** Where Twilio keeps files: it redirects from its API to one of these, and to nowhere else. */
const fileHosts = /(?:^|\.)(?:twilio\.com|twiliocdn\.com)$/;
const bucket = { hostname: /^s3(?:-[a-z0-9-]+)?\.amazonaws\.com$/, path: /^\/(?:media|mms)\.twiliocdn\.com\// };

/**
 * Fetches a picture or a recording with the account's user and password, which only Twilio's own hosts
 * get. An address elsewhere is refused, also where it is redirected to: it came in with a post.
 */
export async function fetchMedia(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome> {
  const url = media.url !== null && URL.canParse(media.url) ? new URL(media.url) : null;
  if (!url || !isTwilios(channel, url)) {
    return { outcome: "refused", reason: "not_found", text: media.error ?? "not an address of Twilio" };
  }
  const allows = (next: URL) => isTwilios(channel, next) || isBucket(next);
  const answer = await fetchFile(url.toString(), {
    provider: baseOf(channel),
    headers: basic(channel),
    mostBytes,
    allows,
  });
  return mediaOutcome(answer, media, answered);
}

/** A recording is there a moment after its callback, so an early 404 is tried again; 410 says that it was deleted. */
function answered(status: number, retryAfterMs: number | undefined): MediaOutcome {
  const text = `HTTP ${status}`;
  if (status === 410) return { outcome: "expired", text };
  if (status === 401 || status === 403) return { outcome: "refused", reason: "channel", text };
  if (status >= 300 && status < 400) return { outcome: "refused", reason: "not_found", text: "redirected elsewhere" };
  return tryAgain(text, retryAfterMs);
}

function isTwilios(channel: ChannelAccess, url: URL): boolean {
  if (url.origin === new URL(baseOf(channel)).origin) return true;
  return url.protocol === "https:" && fileHosts.test(url.hostname);
}

function isBucket({ protocol, hostname, pathname }: URL): boolean {
  return protocol === "https:" && bucket.hostname.test(hostname) && bucket.path.test(pathname);
}
