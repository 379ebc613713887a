import type { ApiOutcome } from "./contract-sending.ts";

/** An app of ours that is registered with a provider, and where the provider's sign-in answers for it. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
  urls: OAuthUrls;
}

export interface OAuthUrls {
  /** The page where the account's owner allows it. */
  authorize: string;
  /** Where a code is changed for a token. */
  token: string;
  /** The API that the token opens. */
  api: string;
}

export interface OAuthToken {
  accessToken: string;
  /** Where the provider renews by another token than the access token. It may change with each renewal. */
  refreshToken: string | null;
  scopes: string[];
  /** null: it does not end. */
  expiresInSeconds: number | null;
}

/** An account that a token opens. */
export interface OAuthAccount {
  /** The provider's id of it. */
  id: string;
  /** The handle or number people know it by. */
  name: string | null;
  /** A longer name, to choose by. */
  title: string | null;
  /** What else `credentialsOf` needs of it. */
  fields: Record<string, string>;
}

/** Signing in at a provider instead of copying credentials: authorization code with PKCE. */
export interface ProviderOAuth {
  platform: "instagram" | "whatsapp";
  urls: OAuthUrls;
  /** The app that the provider's stand-in knows, and where its sign-in answers below the stand-in's own address. */
  standIn: { clientId: string; clientSecret: string; paths: OAuthUrls };
  authorizeUrl(app: OAuthApp, request: { state: string; codeChallenge: string; redirectUri: string }): string;
  /** Changes a code for the token that lives longest. */
  exchange(
    app: OAuthApp,
    grant: { code: string; verifier: string; redirectUri: string },
  ): Promise<ApiOutcome<OAuthToken>>;
  refresh(app: OAuthApp, token: OAuthToken): Promise<ApiOutcome<OAuthToken>>;
  /** Gives the permission back, as far as the provider lets a program do so. */
  revoke(app: OAuthApp, token: OAuthToken): Promise<ApiOutcome<null>>;
  listAccounts(app: OAuthApp, accessToken: string): Promise<ApiOutcome<OAuthAccount[]>>;
  /** Asks for the account's events to be posted to the app. */
  subscribe(app: OAuthApp, account: OAuthAccount, accessToken: string): Promise<ApiOutcome<null>>;
  /** The credentials of a channel for this account; what signs its webhooks is added by the caller. */
  credentialsOf(account: OAuthAccount, accessToken: string): Record<string, string>;
}
