import { createHmac } from "node:crypto";
import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, JsonObject } from "../contract.ts";
import { fetchFile, type FileAnswer } from "../fetch-file.ts";

/** The Graph API version that requests name. */
export const graphVersion = "v23.0";
export const graphUrl = "https://graph.facebook.com";

const uploadWithinMs = 60_000;

/** GET on the Graph API with the channel's token, `path` below the version. */
export function getGraph(channel: ChannelAccess, path: string, query: Record<string, string> = {}): Promise<ApiAnswer> {
  const search = new URLSearchParams(query).toString();
  return callApi(`${urlOf(channel, path)}${search && `?${search}`}`, { headers: bearer(channel) });
}

/** POST of JSON on the Graph API with the channel's token. */
export function postGraph(channel: ChannelAccess, path: string, body: JsonObject): Promise<ApiAnswer> {
  const headers = { ...bearer(channel), "content-type": "application/json" };
  return callApi(urlOf(channel, path), { method: "POST", headers, body: JSON.stringify(body) });
}

/** POST of a form with a file. */
export function uploadGraph(channel: ChannelAccess, path: string, body: FormData): Promise<ApiAnswer> {
  return callApi(urlOf(channel, path), { method: "POST", headers: bearer(channel), body }, uploadWithinMs);
}

/** GET of a file that Meta named the address of, with the channel's token where that address is Meta's. */
export function getFile(channel: ChannelAccess, url: string, mostBytes: number): Promise<FileAnswer> {
  return fetchFile(url, {
    provider: channel.apiBaseUrl,
    headers: isMetas(channel, url) ? bearer(channel) : {},
    mostBytes,
  });
}

/** Proves to Meta that the caller holds the app secret of the app whose token it uses. */
export function appSecretProof(channel: ChannelAccess): string {
  const { access_token: token = "", app_secret: secret = "" } = channel.credentials;
  return createHmac("sha256", secret).update(token).digest("hex");
}

/** The words of a channel that no error text may repeat. */
export function secretsOf({ credentials }: ChannelAccess): (string | undefined)[] {
  return [credentials.access_token, credentials.app_secret];
}

/** Its files lie on hosts of their own (`lookaside.fbsbx.com`). */
function isMetas(channel: ChannelAccess, url: string): boolean {
  const { origin, hostname } = new URL(url);
  return (
    origin === new URL(channel.apiBaseUrl).origin ||
    /(?:^|\.)(?:facebook\.com|fbsbx\.com|whatsapp\.net)$/.test(hostname)
  );
}

function urlOf(channel: ChannelAccess, path: string): string {
  return `${channel.apiBaseUrl.replace(/\/+$/, "")}/${graphVersion}/${path}`;
}

function bearer(channel: ChannelAccess): Record<string, string> {
  return { authorization: `Bearer ${channel.credentials.access_token ?? ""}` };
}
