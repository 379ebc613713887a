import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess } from "../contract.ts";

export const mailgunUrl = "https://api.eu.mailgun.net";
const americanUrl = "https://api.mailgun.net";

/** One call of Mailgun's API, such as `/v3/{domain}/messages.mime`; the region's own host unless a stand-in answers. */
export function call(channel: ChannelAccess, path: string, form?: FormData): Promise<ApiAnswer> {
  const { api_key: key = "", region } = channel.credentials;
  const base = channel.apiBaseUrl === mailgunUrl && region === "us" ? americanUrl : channel.apiBaseUrl;
  const headers = { authorization: `Basic ${Buffer.from(`api:${key}`).toString("base64")}` };
  const url = `${base.replace(/\/+$/, "")}${path}`;
  return form ? callApi(url, { method: "POST", headers, body: form }, 60_000) : callApi(url, { headers });
}
