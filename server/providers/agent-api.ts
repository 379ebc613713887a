import { callApi, withoutSecrets, type ApiAnswer } from "./call-api.ts";
import type { ApiOutcome, ChannelAccess, CheckLine, Json, JsonObject, MediaOutcome, MediaRef } from "./contract.ts";
import { fetchFile, mediaOutcome, tryAgain } from "./fetch-file.ts";
import { firstText } from "./read-json.ts";

// What the APIs of voice agents have in common: JSON, a bearer key, an address per thing.

/** Changes a thing below the API's address with the channel's key. */
export function patchAgentApi(channel: ChannelAccess, path: string, change: JsonObject): Promise<ApiAnswer> {
  const headers = {
    authorization: `Bearer ${channel.credentials.api_key ?? ""}`,
    "content-type": "application/json",
  };
  const init = { method: "PATCH", headers, body: JSON.stringify(change) };
  return callApi(`${channel.apiBaseUrl.replace(/\/+$/, "")}/${path}`, init);
}

/** GET below the API's address with the channel's key. */
export function getAgentApi(channel: ChannelAccess, path: string): Promise<ApiAnswer> {
  const headers = { authorization: `Bearer ${channel.credentials.api_key ?? ""}` };
  return callApi(`${channel.apiBaseUrl.replace(/\/+$/, "")}/${path}`, { headers });
}

/** The thing that was asked for; null where the provider has none such. */
export function foundIn(answer: ApiAnswer, channel: ChannelAccess): ApiOutcome<JsonObject | null> {
  if (answer.kind !== "answered") return { outcome: "unknown", text: answer.text };
  const { status, body } = answer;
  if (status < 300 && body !== null) return { outcome: "ok", value: body };
  if (status === 404) return { outcome: "ok", value: null };
  const text = withoutSecrets(wordsOfAnswer(answer), [channel.credentials.api_key]);
  const code = `http_${status}`;
  if (status === 401 || status === 403) return { outcome: "refused", class: "channel", code, text };
  if (status === 429) return { outcome: "refused", class: "slow", code, text };
  if (status >= 500 || status < 300) return { outcome: "unknown", text };
  return { outcome: "refused", class: "permanent", code, text };
}

/** What an answer says in words, for the folded-away detail. */
export function wordsOfAnswer(answer: ApiAnswer): string {
  if (answer.kind !== "answered") return answer.text;
  const said = answer.body?.message ?? answer.body?.error_message ?? answer.body?.error;
  const words = Array.isArray(said) ? said.map(String).join(" · ") : plain(said);
  return [`HTTP ${answer.status}`, words].filter(Boolean).join(" · ");
}

function plain(said: Json | undefined): string {
  return typeof said === "string" ? said : "";
}

/** A line of the channel test. */
export function checkLine(
  check: string,
  result: CheckLine["result"],
  reason: string | null = null,
  detail: string | null = null,
): CheckLine {
  return { check, result, reason, detail };
}

/** The line of a question that got no clear answer. */
export function undecided(check: string, answer: ApiAnswer): CheckLine {
  return checkLine(
    check,
    "unknown",
    answer.kind === "answered" ? "not_checked" : "provider_unreachable",
    wordsOfAnswer(answer),
  );
}

/**
 * Fetches a recording by its address; where that has died, by the one the call names today. `freshUrl` asks
 * the provider for it.
 */
export async function fetchRecording(
  channel: ChannelAccess,
  media: MediaRef,
  mostBytes: number,
  freshUrl: () => Promise<ApiOutcome<string | null>>,
): Promise<MediaOutcome> {
  const first = media.url === null ? null : await tryUrl(channel, media.url, mostBytes);
  if (first && first.outcome !== "expired") return first;
  const fresh = await freshUrl();
  if (fresh.outcome === "unknown") return { outcome: "retry", text: fresh.text };
  if (fresh.outcome === "refused") {
    const reason = fresh.class === "channel" ? "channel" : "not_found";
    return fresh.class === "slow"
      ? { outcome: "retry", text: fresh.text }
      : { outcome: "refused", reason, text: fresh.text };
  }
  if (fresh.value === null || fresh.value === media.url) return first ?? { outcome: "expired", text: "no recording" };
  return tryUrl(channel, fresh.value, mostBytes);
}

async function tryUrl(channel: ChannelAccess, url: string, mostBytes: number): Promise<MediaOutcome> {
  if (!URL.canParse(url)) return { outcome: "expired", text: "no address" };
  const answer = await fetchFile(url, { provider: channel.apiBaseUrl, mostBytes });
  return mediaOutcome(answer, { mimeType: null, fileName: null }, (status, retryAfterMs) =>
    [400, 401, 403, 404, 410].includes(status)
      ? { outcome: "expired", text: `HTTP ${status}` }
      : tryAgain(`HTTP ${status}`, retryAfterMs),
  );
}

/** The address under one of these names, where the thing shows one. */
export function urlIn(source: JsonObject | null, ...names: string[]): string | null {
  const url = firstText(source, ...names);
  return url !== null && URL.canParse(url) ? url : null;
}
