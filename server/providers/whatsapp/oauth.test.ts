import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OAuthApp, OAuthToken } from "../contract.ts";
import { closedAddress, outbound, startVendor } from "../testing-vendor.ts";
import { createWhatsappFake, type WhatsappFake } from "./fake.ts";
import { whatsapp } from "./index.ts";
import { oauth } from "./oauth.ts";

const credentials = whatsapp.inventCredentials();
const redirectUri = "https://guichet.example/connections/whatsapp/callback";
const verifier = "un-verificateur-assez-long-pour-pkce-0123456789";
const hour = 3_600_000;

let vendor: Awaited<ReturnType<typeof startVendor<WhatsappFake>>>;
let app: OAuthApp;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  const make: typeof createWhatsappFake = (options) => createWhatsappFake({ ...options, now: () => new Date(clock) });
  vendor = await startVendor<WhatsappFake>(whatsapp, make, credentials);
  const { apiBaseUrl } = vendor.channel;
  const { authorize, token, api } = oauth.standIn.paths;
  const urls = { authorize: apiBaseUrl + authorize, token: apiBaseUrl + token, api: apiBaseUrl + api };
  app = { ...oauth.standIn, urls };
});
afterEach(() => vendor.stop());

/** The owner opens their numbers; what the browser comes back with. */
async function consent(numbers: string, answer = "allow") {
  const codeChallenge = createHash("sha256").update(verifier).digest("base64url");
  const page = new URL(oauth.authorizeUrl(app, { state: "etat", codeChallenge, redirectUri }));
  expect((await fetch(page)).status).toBe(200);
  const body = new URLSearchParams([
    ...page.searchParams,
    ["business", "Atelier Lumen"],
    ["numbers", numbers],
    ["answer", answer],
  ]);
  const sent = await fetch(page.origin + page.pathname, { method: "POST", body, redirect: "manual" });
  return new URL(sent.headers.get("location") ?? "").searchParams;
}

async function signIn(numbers: string): Promise<OAuthToken> {
  const code = (await consent(numbers)).get("code") ?? "";
  const token = await oauth.exchange(app, { code, verifier, redirectUri });
  if (token.outcome !== "ok") throw new Error(token.text);
  return token.value;
}

test("a sign-in gives a token of sixty days that opens the numbers of the business account", async () => {
  const token = await signIn("+33 1 99 00 60 10, +33 1 99 00 60 11");
  expect(token).toMatchObject({ expiresInSeconds: 60 * 86_400, refreshToken: null });
  const accounts = await oauth.listAccounts(app, token.accessToken);
  expect(accounts).toMatchObject({
    outcome: "ok",
    value: [
      { name: "+33 1 99 00 60 10", title: "Atelier Lumen", fields: { business_account_id: expect.any(String) } },
      { name: "+33 1 99 00 60 11" },
    ],
  });
  if (accounts.outcome !== "ok") return;
  const [account] = accounts.value;
  expect(await oauth.subscribe(app, account!, token.accessToken)).toEqual({ outcome: "ok", value: null });
  const made = oauth.credentialsOf(account!, token.accessToken);
  expect(whatsapp.credentialSchema.safeParse({ ...credentials, ...made }).success).toBe(true);
});

test("a number of the sign-in passes the checklist and sends; what is taken back opens nothing", async () => {
  const token = await signIn("+33 1 99 00 60 10");
  const accounts = await oauth.listAccounts(app, token.accessToken);
  const account = accounts.outcome === "ok" ? accounts.value[0]! : null;
  const own = { ...credentials, ...oauth.credentialsOf(account!, token.accessToken) };
  vendor.standIn.addAccount(own);
  const channel = { ...vendor.channel, credentials: own };
  const lines = await whatsapp.check(channel, { webhookUrl: vendor.webhookUrl });
  expect(lines.filter(({ result }) => result !== "pass")).toEqual([]);
  expect(await whatsapp.send(channel, outbound("our-1", "+33639981234"))).toMatchObject({ outcome: "accepted" });

  const taken = new URLSearchParams({ account: own.business_account_id! });
  await fetch(`${channel.apiBaseUrl}/oauth/permissions`, { method: "POST", body: taken });
  const refused = { outcome: "refused", class: "channel", code: "190" };
  expect(await whatsapp.send(channel, outbound("our-2", "+33639981234"))).toMatchObject(refused);
  expect(await oauth.listAccounts(app, token.accessToken)).toMatchObject(refused);
  expect(await oauth.refresh(app, token)).toMatchObject(refused);
});

test("a token is renewed while it lives, never after", async () => {
  const token = await signIn("+33 1 99 00 60 10");
  clock += 59 * 24 * hour;
  const renewed = await oauth.refresh(app, token);
  expect(renewed).toMatchObject({ outcome: "ok", value: { expiresInSeconds: 60 * 86_400 } });
  clock += 2 * 24 * hour;
  expect(await oauth.refresh(app, token)).toMatchObject({ outcome: "refused", class: "channel" });
  if (renewed.outcome === "ok") {
    expect(await oauth.listAccounts(app, renewed.value.accessToken)).toMatchObject({ outcome: "ok" });
  }
});

test("a code needs its verifier and its address, once; an owner may say no", async () => {
  const code = (await consent("+33 1 99 00 60 10")).get("code") ?? "";
  const refused = { outcome: "refused", class: "permanent" };
  expect(await oauth.exchange(app, { code, verifier: `${verifier}x`, redirectUri })).toMatchObject(refused);
  expect(await oauth.exchange(app, { code, verifier, redirectUri })).toMatchObject(refused);
  const other = (await consent("+33 1 99 00 60 10")).get("code") ?? "";
  expect(await oauth.exchange(app, { code: other, verifier, redirectUri: `${redirectUri}/x` })).toMatchObject(refused);
  expect((await consent("+33 1 99 00 60 10", "deny")).get("error")).toBe("access_denied");
});

test("a wrong secret of ours condemns no token, and nobody's silence does", async () => {
  const { accessToken } = await signIn("+33 1 99 00 60 10");
  const wrong = { ...app, clientSecret: "un-autre-secret" };
  const asked = await oauth.listAccounts(wrong, accessToken);
  expect(asked).toMatchObject({ outcome: "refused", class: "permanent" });
  expect(JSON.stringify(asked)).not.toContain(accessToken);
  const away = { ...app, urls: { ...app.urls, api: await closedAddress() } };
  expect(await oauth.listAccounts(away, accessToken)).toMatchObject({ outcome: "refused", class: "retry" });
});
