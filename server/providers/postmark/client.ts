import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, Json } from "../contract.ts";

export const postmarkUrl = "https://api.postmarkapp.com";

/** One call of Postmark's API, such as `/email`. */
export function call(channel: ChannelAccess, path: string, body?: Json): Promise<ApiAnswer> {
  const headers = { accept: "application/json", "x-postmark-server-token": channel.credentials.server_token ?? "" };
  const url = `${channel.apiBaseUrl.replace(/\/+$/, "")}${path}`;
  if (body === undefined) return callApi(url, { headers });
  const init = {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  return callApi(url, init, 60_000);
}
