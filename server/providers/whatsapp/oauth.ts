import { callApi, withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, JsonObject, OAuthAccount, OAuthApp, OAuthToken, ProviderOAuth } from "../contract.ts";
import { codeUrl, tokenIn } from "../oauth-code.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import { readOutcome } from "./answers.ts";
import { graphUrl, graphVersion } from "./client.ts";

/** What we ask the owner of the business account to allow. */
const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];
/** A sign-in opens few business accounts; an account holds twenty numbers unless Meta was asked for more. */
const mostBusinesses = 20;
const numbersOfOne = 100;
/** A token that ends sooner than this is changed for one of 60 days. */
const shortLifeSeconds = 7 * 86_400;

/**
 * Facebook Login for Business: the token opens business accounts, whose numbers become channels. Some
 * configurations give a token without end; others one of an hour, which is changed for one of 60 days.
 */
export const oauth: ProviderOAuth = {
  platform: "whatsapp",
  urls: {
    authorize: `https://www.facebook.com/${graphVersion}/dialog/oauth`,
    token: `${graphUrl}/${graphVersion}/oauth/access_token`,
    api: graphUrl,
  },
  standIn: {
    clientId: "2610001000000001",
    clientSecret: "stand-in-app-secret",
    paths: { authorize: "/dialog/oauth", token: `/${graphVersion}/oauth/access_token`, api: "" },
  },
  authorizeUrl: (app, asked) => codeUrl(app, scopes, asked),
  exchange,
  refresh,
  revoke,
  listAccounts,
  subscribe,
  credentialsOf: ({ id, name, fields }, token) => ({
    phone_number_id: id,
    business_account_id: fields.business_account_id ?? "",
    display_phone_number: name ?? "",
    access_token: token,
  }),
};

async function exchange(
  app: OAuthApp,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<ApiOutcome<OAuthToken>> {
  const granted = tokenOf(
    app,
    await callApi(app.urls.token, {
      method: "POST",
      body: new URLSearchParams({
        ...clientOf(app),
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
      }),
    }),
    [code],
  );
  if (granted.outcome !== "ok") return granted;
  const { expiresInSeconds } = granted.value;
  return expiresInSeconds === null || expiresInSeconds > shortLifeSeconds ? granted : refresh(app, granted.value);
}

/** A token that is not over yet gives another one of 60 days. */
async function refresh(app: OAuthApp, { accessToken }: OAuthToken): Promise<ApiOutcome<OAuthToken>> {
  const form = {
    ...clientOf(app),
    grant_type: "fb_exchange_token",
    fb_exchange_token: accessToken,
    // A system user's token is renewed under the same name, if this is said.
    set_token_expires_in_60_days: "true",
  };
  return tokenOf(app, await callApi(app.urls.token, { method: "POST", body: new URLSearchParams(form) }), [
    accessToken,
  ]);
}

/**
 * Nothing is asked of Meta: its permission covers every number that the person opened to the app, here
 * and for other businesses. They withdraw it in their Facebook settings, under Business integrations.
 */
async function revoke(): Promise<ApiOutcome<null>> {
  return { outcome: "ok", value: null };
}

/** The numbers of every business account that the token opens. */
async function listAccounts(app: OAuthApp, accessToken: string): Promise<ApiOutcome<OAuthAccount[]>> {
  const asked = new URLSearchParams({ input_token: accessToken, access_token: `${app.clientId}|${app.clientSecret}` });
  const token = answerOf(app, await callApi(`${apiOf(app)}/debug_token?${asked.toString()}`, {}), [accessToken]);
  // Refused here is the app that asks, not the token that is asked about.
  if (token.outcome === "refused") return { ...token, class: token.class === "channel" ? "permanent" : token.class };
  if (token.outcome !== "ok") return token;
  const known = objectOf(token.value.data);
  if (known?.is_valid === false) {
    const words = firstText(objectOf(known.error), "message") ?? "the token is no longer valid";
    return { outcome: "refused", class: "channel", code: "190", text: withoutSecrets(words, [accessToken]) };
  }
  const found: OAuthAccount[] = [];
  for (const businessId of businessesOf(known)) {
    const path = `${businessId}/phone_numbers?fields=id,display_phone_number,verified_name&limit=${numbersOfOne}`;
    const numbers = answerOf(app, await get(app, path, accessToken), [accessToken]);
    if (numbers.outcome !== "ok") return numbers;
    found.push(...listOf(numbers.value.data).flatMap((entry) => accountOf(objectOf(entry), businessId) ?? []));
  }
  return { outcome: "ok", value: found };
}

/** Business accounts are the targets of the permission that the owner gave. */
function businessesOf(token: JsonObject | null): string[] {
  const ids = listOf(token?.granular_scopes)
    .map(objectOf)
    .filter((granted) => scopes.includes(firstText(granted, "scope") ?? ""))
    .flatMap((granted) => listOf(granted?.target_ids).flatMap((id) => textOf(id) ?? []))
    .filter((id) => /^\d{5,20}$/.test(id));
  return [...new Set(ids)].slice(0, mostBusinesses);
}

function accountOf(number: JsonObject | null, businessId: string): OAuthAccount | null {
  const id = firstText(number, "id");
  if (id === null) return null;
  return {
    id,
    name: firstText(number, "display_phone_number"),
    title: firstText(number, "verified_name"),
    fields: { business_account_id: businessId },
  };
}

/** Without this the business account's messages reach nobody. */
async function subscribe(app: OAuthApp, account: OAuthAccount, accessToken: string): Promise<ApiOutcome<null>> {
  const url = `${apiOf(app)}/${account.fields.business_account_id ?? ""}/subscribed_apps`;
  const answer = await callApi(url, { method: "POST", headers: { authorization: `Bearer ${accessToken}` } });
  const subscribed = answerOf(app, answer, [accessToken]);
  return subscribed.outcome === "ok" ? { outcome: "ok", value: null } : subscribed;
}

function tokenOf(app: OAuthApp, answer: ApiAnswer, secrets: string[]): ApiOutcome<OAuthToken> {
  const granted = answerOf(app, answer, secrets);
  return granted.outcome === "ok" ? tokenIn(granted.value, scopes) : granted;
}

function get(app: OAuthApp, path: string, accessToken: string): Promise<ApiAnswer> {
  return callApi(`${apiOf(app)}/${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
}

const answerOf = (app: OAuthApp, answer: ApiAnswer, secrets: string[]) =>
  readOutcome(answer, [app.clientSecret, ...secrets]);

const apiOf = (app: OAuthApp) => `${app.urls.api}/${graphVersion}`;
const clientOf = (app: OAuthApp) => ({ client_id: app.clientId, client_secret: app.clientSecret });
