import { AwsClient } from "aws4fetch";
import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, Json } from "../contract.ts";

/** Stands for the region's own address, which the credentials name. */
export const sesUrl = "https://email.amazonaws.com";

/** One call of SES's API, version 2, signed. */
export async function call(channel: ChannelAccess, path: string, body?: Json): Promise<ApiAnswer> {
  const { access_key_id: accessKeyId = "", secret_access_key: secretAccessKey = "", region = "" } = channel.credentials;
  const base = channel.apiBaseUrl === sesUrl ? `https://email.${region}.amazonaws.com` : channel.apiBaseUrl;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "ses", retries: 0 });
  const url = `${base.replace(/\/+$/, "")}${path}`;
  const init =
    body === undefined
      ? {}
      : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const signed = await client.sign(url, init);
  return callApi(
    url,
    { method: signed.method, headers: signed.headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
    body === undefined ? 15_000 : 60_000,
  );
}
