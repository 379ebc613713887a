import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, Json } from "../contract.ts";

export const sendgridUrl = "https://api.sendgrid.com";

/** One call of SendGrid's API, such as `/v3/mail/send`. */
export function call(channel: ChannelAccess, path: string, body?: Json): Promise<ApiAnswer> {
  return callApi(
    `${channel.apiBaseUrl.replace(/\/+$/, "")}${path}`,
    {
      headers: {
        authorization: `Bearer ${channel.credentials.api_key ?? ""}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    },
    body === undefined ? 15_000 : 60_000,
  );
}
