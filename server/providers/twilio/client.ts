import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess } from "../contract.ts";

export const twilioUrl = "https://api.twilio.com";
const messagingUrl = "https://messaging.twilio.com";

/** GET below the channel's account, such as `IncomingPhoneNumbers.json`; empty for the account itself. */
export function getAccount(
  channel: ChannelAccess,
  path: string,
  query: Record<string, string> = {},
): Promise<ApiAnswer> {
  const search = new URLSearchParams(query).toString();
  return callApi(`${accountUrl(channel, path)}${search && `?${search}`}`, {
    headers: basic(channel),
  });
}

/** A messaging service lives on another host of Twilio; a stand-in answers for both. */
export function getService(channel: ChannelAccess, sid: string): Promise<ApiAnswer> {
  const base = baseOf(channel) === twilioUrl ? messagingUrl : baseOf(channel);
  return callApi(`${base}/v1/Services/${sid}`, { headers: basic(channel) });
}

export function postAccount(channel: ChannelAccess, path: string, form: URLSearchParams): Promise<ApiAnswer> {
  return callApi(accountUrl(channel, path), {
    method: "POST",
    headers: basic(channel),
    body: form,
  });
}

function accountUrl(channel: ChannelAccess, path: string): string {
  const account = channel.credentials.account_sid ?? "";
  return `${baseOf(channel)}/2010-04-01/Accounts/${account}${path === "" ? ".json" : `/${path}`}`;
}

function baseOf(channel: ChannelAccess): string {
  return channel.apiBaseUrl.replace(/\/+$/, "");
}

function basic({ credentials }: ChannelAccess): Record<string, string> {
  const pair = `${credentials.account_sid ?? ""}:${credentials.auth_token ?? ""}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
