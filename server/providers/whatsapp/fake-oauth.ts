import type { Context, Hono, MiddlewareHandler } from "hono";
import { consentPage, permissionsPage } from "../stand-in-consent.ts";
import { idOf, longLifeSeconds, type StandInTokens, type TokenOwner } from "../stand-in-tokens.ts";
import { refuse, type FakeAccount } from "./fake-account.ts";
import { oauth } from "./oauth.ts";

/** A business account that was opened to the app, with its numbers. `accountId` is the business account's. */
export interface Owner extends TokenOwner {
  business: string;
  numbers: string[];
}

export interface OAuthParts {
  tokens: StandInTokens<Owner>;
  accounts(): FakeAccount[];
}

const standInApp = oauth.standIn;
const mostNumbers = 20;

/** Facebook's sign-in: consent, code for token, renewal, what a token opens, and the page where it is taken back. */
export function addOAuth(app: Hono, parts: OAuthParts): void {
  app.get("/dialog/oauth", (context) => askConsent(context));
  app.post("/dialog/oauth", (context) => answerConsent(context, parts));
  app.get("/oauth/permissions", (context) => showPermissions(context, parts));
  app.post("/oauth/permissions", async (context) => {
    const { account } = await context.req.parseBody();
    if (typeof account === "string") parts.tokens.revoke(account);
    return showPermissions(context, parts);
  });
  app.post("/:version/oauth/access_token", (context) => giveToken(context, parts));
  app.get("/:version/debug_token", (context) => describeToken(context, parts));
  app.use("/:version/*", refuseDeadTokens(parts));
  app.get("/:version/:id/phone_numbers", (context, next) => listNumbers(context, parts) ?? next());
  app.post("/:version/:id/subscribed_apps", (context) =>
    ownerOf(context, parts)?.accountId === context.req.param("id")
      ? context.json({ success: true })
      : refuse(context, 190),
  );
}

function askConsent(context: Context): Response | Promise<Response> {
  const asked = context.req.query();
  const { client_id, redirect_uri = "", response_type, code_challenge_method, code_challenge, scope = "" } = asked;
  const right = client_id === standInApp.clientId && response_type === "code" && URL.canParse(redirect_uri);
  if (!right || code_challenge_method !== "S256" || !code_challenge) return context.text("Invalid request", 400);
  const fields = [
    { name: "business", label: "Nom de l’entreprise", value: "Atelier Lumen", pattern: ".{1,60}" },
    {
      name: "numbers",
      label: "Ses numéros WhatsApp, séparés par des virgules",
      value: "+33 1 99 00 60 10, +33 1 99 00 60 11",
      pattern: "[+0-9 ,]{8,400}",
    },
  ];
  return context.html(consentPage("WhatsApp", { hidden: asked, scopes: scope.split(","), fields }));
}

/** Goes back to the address that asked, with a code or with why there is none. */
async function answerConsent(context: Context, { tokens }: OAuthParts): Promise<Response> {
  const form = await formOf(context);
  const redirectUri = form("redirect_uri");
  if (form("client_id") !== standInApp.clientId || !URL.canParse(redirectUri)) return context.text("Invalid", 400);
  const back = new URL(redirectUri);
  back.searchParams.set("state", form("state"));
  if (form("answer") !== "allow") {
    back.searchParams.set("error", "access_denied");
    return context.redirect(back.href);
  }
  const numbers = form("numbers")
    .split(",")
    .map((number) => number.trim());
  const owner = {
    accountId: idOf(form("business"), "10", 15),
    business: form("business"),
    numbers: numbers.filter((number) => /^\+[\d ]{7,20}$/.test(number)).slice(0, mostNumbers),
  };
  const code = { clientId: form("client_id"), redirectUri, challenge: form("code_challenge"), owner };
  back.searchParams.set("code", tokens.issueCode(code));
  return context.redirect(back.href);
}

/** A code is changed for a token of an hour, a token that still lives for one of sixty days. */
async function giveToken(context: Context, { tokens }: OAuthParts): Promise<Response> {
  const form = await formOf(context);
  if (form("client_id") !== standInApp.clientId || form("client_secret") !== standInApp.clientSecret) {
    return refuse(context, 190);
  }
  if (form("grant_type") === "fb_exchange_token") {
    const old = form("fb_exchange_token");
    const owner = tokens.issued(old);
    if (!owner || tokens.stateOf(old) !== "good") return refuse(context, 190);
    const { accountId, business, numbers } = owner;
    const long = tokens.issue({ accountId, business, numbers }, true);
    return context.json({ access_token: long, token_type: "bearer", expires_in: longLifeSeconds });
  }
  const client = { id: form("client_id"), redirectUri: form("redirect_uri"), verifier: form("code_verifier") };
  const token = tokens.redeem(form("code"), client);
  if (token === null) return refuse(context, 100);
  return context.json({ access_token: token, token_type: "bearer", expires_in: 3600 });
}

function describeToken(context: Context, { tokens }: OAuthParts): Response {
  const { input_token: token = "", access_token: asker } = context.req.query();
  if (asker !== `${standInApp.clientId}|${standInApp.clientSecret}`) return refuse(context, 190);
  const owner = tokens.issued(token);
  if (!owner || tokens.stateOf(token) !== "good") {
    const message = "Error validating access token: The session has been invalidated";
    return context.json({ data: { is_valid: false, error: { code: 190, message } } });
  }
  const granted = ["whatsapp_business_management", "whatsapp_business_messaging"];
  return context.json({
    data: {
      app_id: standInApp.clientId,
      is_valid: true,
      scopes: granted,
      granular_scopes: granted.map((scope) => ({ scope, target_ids: [owner.accountId] })),
    },
  });
}

/** A token that was taken back or is over opens nothing, whichever part of the API is asked. */
function refuseDeadTokens({ tokens, accounts }: OAuthParts): MiddlewareHandler {
  return async (context, next) => {
    const given = bearerOf(context);
    const pasted = accounts().find(({ credentials }) => credentials.access_token === given);
    const taken = pasted !== undefined && tokens.isRevoked(pasted.credentials.business_account_id ?? "");
    const over = tokens.issued(given) !== null && tokens.stateOf(given) !== "good";
    return taken || over ? refuse(context, 190) : next();
  };
}

/** The numbers that the sign-in opened, whether or not they are channels already. */
function listNumbers(context: Context, parts: OAuthParts): Response | null {
  const owner = ownerOf(context, parts);
  if (!owner || owner.accountId !== context.req.param("id")) return null;
  const data = owner.numbers.map((number) => ({
    id: idOf(`${owner.accountId} ${number.replace(/\D/g, "")}`, "11", 15),
    display_phone_number: number,
    verified_name: owner.business,
  }));
  return context.json({ data });
}

function ownerOf(context: Context, { tokens }: OAuthParts): Owner | null {
  return tokens.issued(bearerOf(context));
}

function bearerOf(context: Context): string {
  return context.req.header("authorization")?.replace(/^Bearer /, "") ?? "";
}

function showPermissions(context: Context, { tokens, accounts }: OAuthParts): Response | Promise<Response> {
  const listed = accounts().map(({ credentials, address }) => {
    const id = credentials.business_account_id ?? "";
    return { id, address, revoked: tokens.isRevoked(id) };
  });
  return context.html(permissionsPage("WhatsApp", listed));
}

async function formOf(context: Context): Promise<(name: string) => string> {
  const form = await context.req.parseBody();
  return (name) => {
    const value = form[name];
    return typeof value === "string" ? value : "";
  };
}
