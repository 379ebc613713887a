import type { Context, Hono } from "hono";
import { consentPage, permissionsPage } from "../stand-in-consent.ts";
import { idOf, longLifeSeconds, type StandInTokens, type TokenOwner } from "../stand-in-tokens.ts";
import type { StandInAccount } from "../stand-in.ts";
import { refusalBody } from "./fake-errors.ts";
import { oauth } from "./oauth.ts";

/** An account that was opened to the app. */
export interface Owner extends TokenOwner {
  username: string;
}

export interface OAuthParts {
  tokens: StandInTokens<Owner>;
  accounts(): StandInAccount[];
  now(): Date;
}

const standInApp = oauth.standIn;

const day = 86_400_000;
const username = /^[a-z0-9._]{1,30}$/;

/** The sign-in: consent, code for token, long token, renewal, and the page where the owner takes it back. */
export function addOAuth(app: Hono, parts: OAuthParts): void {
  app.get("/oauth/authorize", (context) => askConsent(context));
  app.post("/oauth/authorize", (context) => answerConsent(context, parts));
  app.post("/oauth/access_token", (context) => exchangeCode(context, parts));
  app.get("/access_token", (context) => lengthen(context, parts));
  app.get("/refresh_access_token", (context) => renew(context, parts));
  app.get("/oauth/permissions", (context) => showPermissions(context, parts));
  app.post("/oauth/permissions", async (context) => {
    const { account } = await context.req.parseBody();
    if (typeof account === "string") parts.tokens.revoke(account);
    return showPermissions(context, parts);
  });
}

function askConsent(context: Context): Response | Promise<Response> {
  const asked = context.req.query();
  const { client_id, redirect_uri = "", response_type, code_challenge_method, code_challenge, scope = "" } = asked;
  const right = client_id === standInApp.clientId && response_type === "code" && URL.canParse(redirect_uri);
  if (!right || code_challenge_method !== "S256" || !code_challenge) return context.text("Invalid request", 400);
  const fields = [{ name: "username", label: "Nom du compte", value: "atelier.lumen", pattern: "[a-z0-9._]{1,30}" }];
  return context.html(consentPage("Instagram", { hidden: asked, scopes: scope.split(","), fields }));
}

/** Goes back to the address that asked, with a code or with why there is none. */
async function answerConsent(context: Context, { tokens }: OAuthParts): Promise<Response> {
  const form = await context.req.parseBody();
  const field = (name: string) => (typeof form[name] === "string" ? form[name] : "");
  const redirectUri = field("redirect_uri");
  if (field("client_id") !== standInApp.clientId || !URL.canParse(redirectUri)) return context.text("Invalid", 400);
  const back = new URL(redirectUri);
  back.searchParams.set("state", field("state"));
  if (field("answer") !== "allow") {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_reason", "user_denied");
    return context.redirect(back.href);
  }
  if (!username.test(field("username"))) return context.text("Invalid user name", 400);
  const challenge = field("code_challenge");
  const owner = { accountId: accountIdOf(field("username")), username: field("username") };
  back.searchParams.set("code", tokens.issueCode({ clientId: field("client_id"), redirectUri, challenge, owner }));
  return context.redirect(back.href);
}

async function exchangeCode(context: Context, { tokens }: OAuthParts): Promise<Response> {
  const form = await context.req.parseBody();
  const field = (name: string) => (typeof form[name] === "string" ? form[name] : "");
  const isOurs = field("client_id") === standInApp.clientId && field("client_secret") === standInApp.clientSecret;
  const client = { id: field("client_id"), redirectUri: field("redirect_uri"), verifier: field("code_verifier") };
  const token = isOurs && field("grant_type") === "authorization_code" ? tokens.redeem(field("code"), client) : null;
  const issued = token === null ? null : tokens.issued(token);
  if (!token || !issued) {
    const error = { error_type: "OAuthException", code: 400, error_message: "Invalid authorization code" };
    return context.json(error, 400);
  }
  const permissions = "instagram_business_basic,instagram_business_manage_messages,instagram_business_manage_comments";
  return context.json({ access_token: token, user_id: issued.accountId, permissions });
}

function lengthen(context: Context, { tokens }: OAuthParts): Response {
  const { grant_type, client_secret, access_token = "" } = context.req.query();
  const issued = tokens.issued(access_token);
  if (grant_type !== "ig_exchange_token" || client_secret !== standInApp.clientSecret || !issued)
    return refuse(context);
  if (tokens.stateOf(access_token) !== "good") return refuse(context);
  return context.json(longToken(tokens.issue(ownerOf(issued), true)));
}

/** A token under a day old is not renewed yet; one that is over never is. */
function renew(context: Context, { tokens, accounts, now }: OAuthParts): Response {
  const { grant_type, access_token = "" } = context.req.query();
  if (grant_type !== "ig_refresh_token") return refuse(context, 100);
  const issued = tokens.issued(access_token);
  if (issued) {
    if (tokens.stateOf(access_token) !== "good" || !issued.long) return refuse(context);
    if (now().getTime() - issued.issuedAt.getTime() < day) return refuse(context, 100);
    return context.json(longToken(tokens.issue(ownerOf(issued), true)));
  }
  const account = accounts().find((one) => "credentials" in one && tokenOf(one) === access_token);
  if (!account || tokens.isRevoked(account.id)) return refuse(context);
  const whose = { accountId: account.id, username: account.address.slice(1) };
  return context.json(longToken(tokens.issue(whose, true)));
}

const ownerOf = ({ accountId, username: name }: Owner): Owner => ({ accountId, username: name });

/** The same user name is always the same account. */
export function accountIdOf(username: string): string {
  return idOf(username, "17841", 17);
}

function tokenOf(account: StandInAccount): string | undefined {
  return (account as StandInAccount & { credentials: Readonly<Record<string, string>> }).credentials.access_token;
}

function showPermissions(context: Context, { tokens, accounts }: OAuthParts): Response | Promise<Response> {
  const listed = accounts().map(({ id, address }) => ({ id, address, revoked: tokens.isRevoked(id) }));
  return context.html(permissionsPage("Instagram", listed));
}

function longToken(token: string) {
  return { access_token: token, token_type: "bearer", expires_in: longLifeSeconds };
}

function refuse(context: Context, code = 190): Response {
  const { status, body } = refusalBody(code);
  return context.json(body, status);
}
