import type { ChannelAccess, MediaOutcome, MediaRef } from "../contract.ts";
import { mediaOutcome, tryAgain } from "../fetch-file.ts";
import { firstText } from "../read-json.ts";
import { outcomeOf } from "./answers.ts";
import { getFile, getGraph } from "./client.ts";

/** Meta answers with it for an id that it does not have, or no longer. */
const unknownId = "100";

/**
 * Fetches a file of a message: its id is asked for an address that lives five minutes, which the token
 * opens. Meta keeps what customers sent for 30 days. Never more than `mostBytes`.
 */
export async function fetchMedia(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome> {
  if (media.mediaId === null) return { outcome: "refused", reason: "not_found", text: media.error ?? "no media id" };
  const query = { phone_number_id: channel.credentials.phone_number_id ?? "" };
  const node = outcomeOf(await getGraph(channel, encodeURIComponent(media.mediaId), query), channel);
  if (node.outcome === "unknown") return { outcome: "retry", text: node.text };
  if (node.outcome === "refused") {
    if (node.class === "channel") return { outcome: "refused", reason: "channel", text: node.text };
    if (node.code === unknownId || node.code === "http_404") return { outcome: "expired", text: node.text };
    if (node.class === "permanent") return { outcome: "refused", reason: "not_found", text: node.text };
    return tryAgain(node.text, node.retryAfterMs);
  }
  const announced = Number(firstText(node.value, "file_size") ?? 0);
  if (announced > mostBytes) return { outcome: "refused", reason: "too_large", text: `${announced} bytes` };
  const url = firstText(node.value, "url");
  if (url === null || !URL.canParse(url)) return { outcome: "retry", text: "no address for the file" };
  const mimeType = firstText(node.value, "mime_type")?.split(";")[0]?.trim().toLowerCase() ?? null;
  // A refused address may only have grown old on the way: the next try asks for a fresh one.
  return mediaOutcome(await getFile(channel, url, mostBytes), { ...media, mimeType }, (status, retryAfterMs) =>
    tryAgain(`HTTP ${status}`, retryAfterMs),
  );
}
