import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, JsonObject } from "../contract.ts";

/** The version of the Instagram API that requests name. */
export const graphVersion = "v23.0";
export const graphUrl = "https://graph.instagram.com";

/** GET on the Instagram API with the channel's token, `path` below the version. */
export function getGraph(channel: ChannelAccess, path: string, query: Record<string, string> = {}): Promise<ApiAnswer> {
  const search = new URLSearchParams(query).toString();
  return callApi(`${urlOf(channel, path)}${search && `?${search}`}`, { headers: bearer(channel) });
}

/** POST of JSON on the Instagram API with the channel's token. */
export function postGraph(channel: ChannelAccess, path: string, body: JsonObject): Promise<ApiAnswer> {
  const headers = { ...bearer(channel), "content-type": "application/json" };
  return callApi(urlOf(channel, path), { method: "POST", headers, body: JSON.stringify(body) });
}

function urlOf(channel: ChannelAccess, path: string): string {
  return `${channel.apiBaseUrl.replace(/\/+$/, "")}/${graphVersion}/${path}`;
}

function bearer(channel: ChannelAccess): Record<string, string> {
  return { authorization: `Bearer ${channel.credentials.access_token ?? ""}` };
}
