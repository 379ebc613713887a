import type { ApiOutcome, JsonObject, OAuthApp, OAuthToken, ProviderOAuth } from "./contract.ts";
import { firstText } from "./read-json.ts";

/** The address at which the owner of an account allows these scopes to the app: OAuth 2 by code, with PKCE. */
export function codeUrl(
  app: OAuthApp,
  scopes: readonly string[],
  asked: Parameters<ProviderOAuth["authorizeUrl"]>[1],
): string {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: asked.redirectUri,
    response_type: "code",
    scope: scopes.join(","),
    state: asked.state,
    code_challenge: asked.codeChallenge,
    code_challenge_method: "S256",
  });
  return `${app.urls.authorize}?${query.toString()}`;
}

/** The token that an answer holds (RFC 6749, 5.1). Without a lifetime it has no end. */
export function tokenIn(body: JsonObject | null, scopes: string[]): ApiOutcome<OAuthToken> {
  const accessToken = firstText(body, "access_token");
  if (accessToken === null) return { outcome: "unknown", text: "no token in the answer" };
  const seconds = Number(firstText(body, "expires_in"));
  const expiresInSeconds = Number.isFinite(seconds) && seconds > 0 ? seconds : null;
  return { outcome: "ok", value: { accessToken, refreshToken: null, scopes, expiresInSeconds } };
}
