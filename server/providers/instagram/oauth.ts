import { callApi, type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, OAuthAccount, OAuthApp, OAuthToken, ProviderOAuth } from "../contract.ts";
import { codeUrl, tokenIn } from "../oauth-code.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import { graphUrl, graphVersion } from "./client.ts";
import { refusalOf } from "./refusals.ts";

/** What we ask the owner of the account to allow. */
export const scopes = [
  "instagram_business_basic",
  "instagram_business_manage_messages",
  "instagram_business_manage_comments",
];
/** What the account is to tell us about. */
const subscribedFields =
  "messages,message_edit,message_reactions,messaging_postbacks,messaging_referral,messaging_seen,comments,live_comments";

/** Business login for Instagram: a short-lived token is changed for one of 60 days, which renews itself. */
export const oauth: ProviderOAuth = {
  platform: "instagram",
  urls: {
    authorize: "https://www.instagram.com/oauth/authorize",
    token: "https://api.instagram.com/oauth/access_token",
    api: graphUrl,
  },
  standIn: {
    clientId: "990000000000001",
    clientSecret: "stand-in-app-secret",
    paths: { authorize: "/oauth/authorize", token: "/oauth/access_token", api: "" },
  },
  authorizeUrl: (app, asked) => codeUrl(app, scopes, asked),
  exchange,
  refresh,
  revoke,
  listAccounts,
  subscribe,
  credentialsOf: ({ id, name }, token) => ({
    username: name ?? "",
    business_account_id: id,
    page_id: "",
    access_token: token,
  }),
};

async function exchange(
  app: OAuthApp,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<ApiOutcome<OAuthToken>> {
  const form = new URLSearchParams({
    client_id: app.clientId,
    client_secret: app.clientSecret,
    grant_type: "authorization_code",
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
  const answer = await callApi(app.urls.token, { method: "POST", body: form });
  const refusal = refusalOf(answer, [app.clientSecret, code]);
  if (refusal) return refusal;
  // Answered flat, or in a list of one, by the version of the sign-in.
  const body = answer.kind === "answered" ? answer.body : null;
  const granted = objectOf(listOf(body?.data)[0]) ?? body;
  const short = firstText(granted, "access_token");
  if (short === null) return { outcome: "unknown", text: "no token in the answer" };
  const permissions = granted?.permissions;
  const given = Array.isArray(permissions) ? permissions.flatMap((one) => textOf(one) ?? []) : splitWords(permissions);
  const long = await callApi(
    `${app.urls.api}/access_token?${new URLSearchParams({
      grant_type: "ig_exchange_token",
      client_secret: app.clientSecret,
      access_token: short,
    }).toString()}`,
    {},
  );
  return tokenOf(long, given, [app.clientSecret, short]);
}

function splitWords(permissions: unknown): string[] {
  return typeof permissions === "string" ? permissions.split(",").filter(Boolean) : [];
}

/** A token that is a day old and not over yet gives another one of 60 days; the old one goes on working. */
async function refresh(app: OAuthApp, token: OAuthToken): Promise<ApiOutcome<OAuthToken>> {
  return refreshAt(app.urls.api, token.accessToken, token.scopes);
}

/** Changes a long-lived token for a fresh one. Needs no secret of the app. */
export async function refreshAt(
  apiUrl: string,
  accessToken: string,
  granted: readonly string[] = [],
): Promise<ApiOutcome<OAuthToken>> {
  const query = new URLSearchParams({ grant_type: "ig_refresh_token", access_token: accessToken });
  const answer = await callApi(`${apiUrl.replace(/\/+$/, "")}/refresh_access_token?${query.toString()}`, {});
  return tokenOf(answer, [...granted], [accessToken]);
}

/** Instagram has no address for it: the owner takes it back in their settings. Unsubscribing stops the webhooks. */
async function revoke(app: OAuthApp, { accessToken }: OAuthToken): Promise<ApiOutcome<null>> {
  const answer = await callApi(`${app.urls.api}/${graphVersion}/me/subscribed_apps`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return refusalOf(answer, [accessToken]) ?? { outcome: "ok", value: null };
}

async function listAccounts(app: OAuthApp, accessToken: string): Promise<ApiOutcome<OAuthAccount[]>> {
  const answer = await callApi(`${app.urls.api}/${graphVersion}/me?fields=user_id,username,name`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const refusal = refusalOf(answer, [accessToken]);
  if (refusal) return refusal;
  const body = answer.kind === "answered" ? answer.body : null;
  const me = objectOf(listOf(body?.data)[0]) ?? body;
  const id = firstText(me, "user_id", "id");
  if (id === null) return { outcome: "unknown", text: "no account in the answer" };
  const name = firstText(me, "username");
  return { outcome: "ok", value: [{ id, name, title: firstText(me, "name"), fields: {} }] };
}

/** Without this the account's messages reach nobody. */
async function subscribe(app: OAuthApp, _account: OAuthAccount, accessToken: string): Promise<ApiOutcome<null>> {
  const answer = await callApi(
    `${app.urls.api}/${graphVersion}/me/subscribed_apps?subscribed_fields=${subscribedFields}`,
    { method: "POST", headers: { authorization: `Bearer ${accessToken}` } },
  );
  return refusalOf(answer, [accessToken]) ?? { outcome: "ok", value: null };
}

function tokenOf(answer: ApiAnswer, granted: string[], secrets: string[]): ApiOutcome<OAuthToken> {
  return refusalOf(answer, secrets) ?? tokenIn(answer.kind === "answered" ? answer.body : null, granted);
}
