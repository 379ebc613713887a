import type { ChannelAccess, MediaOutcome, MediaRef } from "../contract.ts";
import { graphUrl } from "./client.ts";

const withinMs = 60_000;
/** Where Meta keeps files. Addresses come with webhooks: nothing else is ever asked for on their word. */
const cdn = /(?:^|\.)(?:fbcdn\.net|cdninstagram\.com|fbsbx\.com)$/;

/**
 * Fetches a file of a message from Meta's CDN while its address lives. The address is its own permission:
 * the channel's token is not sent along. Never more than `mostBytes`, never from another host.
 */
export async function fetchMedia(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome> {
  const url = addressOf(channel, media.url);
  if (!url) return { outcome: "refused", reason: "not_found", text: media.error ?? "not an address of Meta's" };
  let response: Response;
  try {
    response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(withinMs) });
  } catch (error) {
    return { outcome: "retry", text: error instanceof Error ? error.name : "failed" };
  }
  if (!response.ok) return refused(response.status);
  try {
    const bytes = await readUpTo(response, mostBytes);
    if (!bytes) return { outcome: "refused", reason: "too_large", text: `over ${mostBytes} bytes` };
    return { outcome: "fetched", bytes, mimeType: response.headers.get("content-type"), fileName: null };
  } catch (error) {
    return { outcome: "retry", text: error instanceof Error ? error.name : "failed" };
  }
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

async function readUpTo(response: Response, mostBytes: number): Promise<Uint8Array | null> {
  if (Number(response.headers.get("content-length") ?? 0) > mostBytes) {
    await response.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body ?? []) {
    if ((total += chunk.length) > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
