import { fetchRecording, foundIn, getAgentApi } from "../agent-api.ts";
import type { ApiOutcome, ChannelAccess, JsonObject, MediaOutcome, MediaRef } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import { recordingUrl } from "./parse.ts";
import { withoutConfiguration } from "./server-message.ts";

/** The call as Vapi has it now, in the form that `parse` reads; null where it has none such. */
export async function fetchCall(channel: ChannelAccess, callId: string): Promise<ApiOutcome<JsonObject | null>> {
  const found = foundIn(await getAgentApi(channel, `call/${encodeURIComponent(callId)}`), channel);
  if (found.outcome !== "ok" || found.value === null) return found;
  return { outcome: "ok", value: { call: withoutConfiguration(found.value) } };
}

/** Fetches a recording; one whose address has died is asked for anew. Never more than `mostBytes`. */
export function fetchMedia(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome> {
  return fetchRecording(channel, media, mostBytes, async () => {
    if (media.mediaId === null) return { outcome: "ok", value: null };
    const found = await fetchCall(channel, media.mediaId);
    if (found.outcome !== "ok") return found;
    const call = objectOf(found.value?.call);
    const artifact = objectOf(call?.artifact);
    return { outcome: "ok", value: firstText(artifact, "presignedMonoUrl") ?? recordingUrl(call ?? {}, artifact) };
  });
}
