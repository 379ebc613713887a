import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess } from "../contract.ts";

export const twilioUrl = "https://api.twilio.com";
/** Twilio's products live on hosts of their own; a stand-in answers for all of them. */
const hosts = { messaging: "https://messaging.twilio.com", content: "https://content.twilio.com" } as const;

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

/** GET of another product, such as `messaging`, `/v1/Services/MG…`. */
export function getProduct(channel: ChannelAccess, product: keyof typeof hosts, path: string): Promise<ApiAnswer> {
  const base = baseOf(channel) === twilioUrl ? hosts[product] : baseOf(channel);
  return callApi(base + path, { headers: basic(channel) });
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

export function baseOf(channel: ChannelAccess): string {
  return channel.apiBaseUrl.replace(/\/+$/, "");
}

/** The account's user and password, for Twilio's own hosts only. */
export function basic({ credentials }: ChannelAccess): { authorization: string } {
  const pair = `${credentials.account_sid ?? ""}:${credentials.auth_token ?? ""}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
