import { fetchRecording, foundIn, getAgentApi } from "../agent-api.ts";
import type { ApiOutcome, ChannelAccess, JsonObject, MediaOutcome, MediaRef } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";

/** Retell answers 422 for a call that it does not have. */
const unknownCall = "http_422";

/** The call as Retell has it now, in the form that `parse` reads; null where it has none such. */
export async function fetchCall(channel: ChannelAccess, callId: string): Promise<ApiOutcome<JsonObject | null>> {
  const found = foundIn(await getAgentApi(channel, `v2/get-call/${encodeURIComponent(callId)}`), channel);
  if (found.outcome === "refused" && found.code === unknownCall) return { outcome: "ok", value: null };
  if (found.outcome !== "ok" || found.value === null) return found;
  return { outcome: "ok", value: { call: found.value } };
}

/** Fetches a recording; a signed address dies after a day and is asked for anew. Never more than `mostBytes`. */
export function fetchMedia(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome> {
  return fetchRecording(channel, media, mostBytes, async () => {
    if (media.mediaId === null) return { outcome: "ok", value: null };
    const found = await fetchCall(channel, media.mediaId);
    if (found.outcome !== "ok") return found;
    const url = firstText(objectOf(found.value?.call), "recording_url", "scrubbed_recording_url");
    return { outcome: "ok", value: url };
  });
}
