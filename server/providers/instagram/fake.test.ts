import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PhoneStandIn } from "../stand-in.ts";
import { closedAddress, outbound, startVendor } from "../testing-vendor.ts";
import { createInstagramFake } from "./fake.ts";
import { instagram } from "./index.ts";

const credentials = {
  username: "atelier.lumen",
  business_account_id: "17841400008460056",
  page_id: "",
  access_token: "jeton-d-essai-instagram",
  app_secret: "secret-d-essai-instagram",
  verify_token: "phrase-d-essai",
};
const camille = { address: "6120000000012345", name: "Camille Fictive" };
const day = 86_400_000;

let vendor: Awaited<ReturnType<typeof startVendor<PhoneStandIn>>>;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  const make = (options: Parameters<typeof createInstagramFake>[0]) =>
    createInstagramFake({ ...options, now: () => new Date(clock) });
  vendor = await startVendor(instagram, make, credentials);
});
afterEach(() => vendor.stop());

const to = (id: string, more: object = {}) => ({
  ...outbound(id, ""),
  to: { kind: "instagram_id" as const, value: camille.address },
  ...more,
});

test("a customer writes, the business answers and is echoed, and seen is told of the last message", async () => {
  const { standIn, account, channel, received } = vendor;
  const written = standIn.write(account.id, camille, "Avez-vous des tulipes ?");
  await standIn.settled();
  expect(received).toMatchObject([
    {
      verified: true,
      part: { routingKeys: ["instagram:account:17841400008460056"], customerIdentifier: camille.address },
      event: { kind: "message", direction: "in", messageId: written },
    },
  ]);
  const first = await instagram.send(channel, to("our-1"));
  const second = await instagram.send(channel, to("our-2"));
  expect(first).toEqual({ outcome: "accepted", providerMessageId: expect.stringMatching(/^aWdf/) });
  await standIn.settled();
  expect(vendor.eventsOf("message").filter(({ direction }) => direction === "out")).toHaveLength(2);
  standIn.markRead(account.id, camille.address);
  await standIn.settled();
  expect(vendor.eventsOf("status")).toMatchObject([
    { status: "read", upTo: true, messageId: second.outcome === "accepted" ? second.providerMessageId : "" },
  ]);
  expect(standIn.transcript(account.id, camille.address).map(({ tick }) => tick)).toEqual([
    "delivered",
    "read",
    "read",
  ]);
  expect(await instagram.fetchProfile(channel, { kind: "instagram_id", value: camille.address })).toEqual({
    outcome: "ok",
    value: { name: "Camille Fictive" },
  });
});

test("a picture and a story are fetched by their address, up to a limit, and from nowhere else", async () => {
  const { standIn, account, channel } = vendor;
  const bytes = new Uint8Array([137, 80, 78, 71]);
  standIn.write(account.id, camille, "Comme ceci", { file: { mimeType: "image/png", bytes } });
  standIn.write(account.id, camille, "", { as: "story_mention" });
  await standIn.settled();
  const [picture, mention] = vendor.eventsOf("message").map(({ content }) => content);
  const media = picture!.media[0]!;
  const fetched = await instagram.fetchMedia(channel, media, 1000);
  expect(fetched).toMatchObject({ outcome: "fetched", mimeType: "image/png" });
  if (fetched.outcome === "fetched") expect(new Uint8Array(fetched.bytes)).toEqual(bytes);
  expect(await instagram.fetchMedia(channel, media, 3)).toMatchObject({ outcome: "refused", reason: "too_large" });
  expect(mention?.data).toMatchObject({ story: { mention: true } });
  const elsewhere = { ...media, url: "http://127.0.0.1:1/secret" };
  expect(await instagram.fetchMedia(channel, elsewhere, 1000)).toMatchObject({
    outcome: "refused",
    reason: "not_found",
  });
  expect(await instagram.fetchMedia(channel, { ...media, url: `${media.url}x` }, 1000)).toMatchObject({
    outcome: "expired",
  });
});

test("what is unsent is gone from the phone; reactions and stories travel", async () => {
  const { standIn, account } = vendor;
  const written = standIn.write(account.id, camille, "Oubliez cela");
  standIn.write(account.id, camille, "Magnifique !", { as: "story_reply" });
  standIn.react?.(account.id, written, "🔥");
  standIn.unsend?.(account.id, written);
  await standIn.settled();
  expect(vendor.eventsOf("reaction")).toMatchObject([{ targetId: written, emoji: "🔥", direction: "in" }]);
  expect(vendor.eventsOf("revoke")).toMatchObject([{ targetId: written, direction: "in" }]);
  expect(vendor.eventsOf("message")[1]?.content.data).toMatchObject({ story: { mention: false } });
  expect(standIn.transcript(account.id, camille.address).map(({ text }) => text)).toEqual(["Magnifique !"]);
});

test("a comment is answered in private once, within seven days", async () => {
  const { standIn, account, channel } = vendor;
  const commentId = standIn.write(account.id, camille, "Quel prix ?", { as: "comment" });
  await standIn.settled();
  expect(vendor.eventsOf("message")[0]).toMatchObject({
    messageId: commentId,
    person: { name: "@camille.fictive" },
    content: { data: { comment: { id: commentId } } },
  });
  expect(await instagram.send(channel, to("direct"))).toMatchObject({ outcome: "refused", class: "window" });
  expect(await instagram.send(channel, to("private", { commentId }))).toMatchObject({ outcome: "accepted" });
  expect(await instagram.send(channel, to("again", { commentId }))).toMatchObject({ class: "permanent", code: "100" });
});

test("the window is a day, seven with the tag of a human agent", async () => {
  const { standIn, account, channel } = vendor;
  standIn.write(account.id, camille, "Bonjour");
  clock += 1.5 * day;
  expect(await instagram.send(channel, to("late"))).toMatchObject({ class: "window", code: "10" });
  expect(await instagram.send(channel, to("tagged", { humanAgent: true }))).toMatchObject({ outcome: "accepted" });
  clock += 6 * day;
  expect(await instagram.send(channel, to("too-late", { humanAgent: true }))).toMatchObject({ class: "window" });
});

test.each([
  ["190", "channel"],
  ["613", "retry"],
  ["2", "retry"],
  ["551", "permanent"],
  ["368", "channel"],
] as const)("a send refused with %s is %s", async (code, refusal) => {
  vendor.standIn.setBehaviour({ failSends: code });
  const outcome = await instagram.send(vendor.channel, to("our-3"));
  expect(outcome).toMatchObject({ outcome: "refused", class: refusal, code, text: expect.stringMatching(/\w/) });
});

test("texts are counted in bytes, and only a heart can be given", async () => {
  const { channel } = vendor;
  expect(await instagram.send(channel, to("fits", { text: "é".repeat(500) }))).toMatchObject({ outcome: "accepted" });
  expect(await instagram.send(channel, to("long", { text: "é".repeat(501) }))).toMatchObject({ class: "permanent" });
  const heart = to("heart", { reaction: { targetId: "x", emoji: "❤️" } });
  expect(await instagram.send(channel, heart)).toMatchObject({ outcome: "accepted" });
  expect(await instagram.send(channel, to("fire", { reaction: { targetId: "x", emoji: "🔥" } }))).toMatchObject({
    code: "reaction_not_supported",
  });
  expect(await instagram.markRead(channel, { to: { value: camille.address } })).toEqual({ outcome: "ok", value: null });
});

test("a lost line leaves the outcome unknown, an unreachable host sent nothing", async () => {
  vendor.standIn.setBehaviour({ failSends: "lost" });
  expect(await instagram.send(vendor.channel, to("our-4"))).toMatchObject({ outcome: "unknown" });
  const nowhere = { ...vendor.channel, apiBaseUrl: await closedAddress() };
  expect(await instagram.send(nowhere, to("our-5"))).toMatchObject({ class: "retry", code: "unreachable" });
});

test("the check passes for a connected account and names what is wrong with another", async () => {
  const { channel, webhookUrl } = vendor;
  const lines = (own: object = {}) =>
    instagram.check({ ...channel, credentials: { ...credentials, ...own } }, { webhookUrl });
  expect((await lines()).map(({ check, result }) => `${check} ${result}`)).toEqual([
    "credential pass",
    "profile pass",
    "events pass",
    "webhook unknown",
  ]);
  expect(await lines({ access_token: "un-autre-jeton" })).toContainEqual(
    expect.objectContaining({ check: "credential", result: "fail", reason: "token_rejected" }),
  );
  expect(await lines({ business_account_id: "17841499999999999" })).toContainEqual(
    expect.objectContaining({ check: "profile", reason: "account_differs" }),
  );
  expect(await lines({ username: "autre.nom" })).toContainEqual(
    expect.objectContaining({ check: "profile", reason: "username_differs", detail: "@atelier.lumen" }),
  );
});

const verifier = "v".repeat(64);
const redirectUri = "https://guichet.example/connections/callback";

/** Walks through the sign-in as a browser would; answers the code. */
async function allow(answer = "allow"): Promise<URL> {
  const codeChallenge = createHash("sha256").update(verifier).digest("base64url");
  const address = instagram.oauth.authorizeUrl(app(), { state: "etat", codeChallenge, redirectUri });
  const page = await fetch(address);
  expect(await page.text()).toContain("Autoriser");
  const form = new URLSearchParams([
    ...new URL(address).searchParams,
    ["username", "atelier.lumen"],
    ["answer", answer],
  ]);
  const back = await fetch(address.split("?")[0]!, { method: "POST", body: form, redirect: "manual" });
  return new URL(back.headers.get("location") ?? "");
}

function app() {
  const { apiBaseUrl } = vendor.channel;
  const { standIn } = instagram.oauth;
  const { authorize, token, api } = standIn.paths;
  return {
    ...standIn,
    urls: { authorize: apiBaseUrl + authorize, token: apiBaseUrl + token, api: apiBaseUrl + api },
  };
}

test("the sign-in gives a code for one use, bound to its verifier, and a token of sixty days that renews itself", async () => {
  const back = await allow();
  expect(back.searchParams.get("state")).toBe("etat");
  const code = back.searchParams.get("code") ?? "";
  const stolen = (await allow()).searchParams.get("code") ?? "";
  const { oauth } = instagram;
  expect(await oauth.exchange(app(), { code: stolen, verifier: "autre", redirectUri })).toMatchObject({
    outcome: "refused",
  });
  const granted = await oauth.exchange(app(), { code, verifier, redirectUri });
  if (granted.outcome !== "ok") throw new Error(JSON.stringify(granted));
  expect(granted.value).toMatchObject({
    expiresInSeconds: 60 * 86_400,
    scopes: expect.arrayContaining([expect.any(String)]),
  });
  expect(await oauth.exchange(app(), { code, verifier, redirectUri })).toMatchObject({ outcome: "refused" });

  const accounts = await oauth.listAccounts(app(), granted.value.accessToken);
  expect(accounts).toMatchObject({ outcome: "ok", value: [{ name: "atelier.lumen" }] });
  expect(await oauth.refresh(app(), granted.value)).toMatchObject({ outcome: "refused", code: "100" });
  clock += 2 * day;
  const renewed = await oauth.refresh(app(), granted.value);
  expect(renewed).toMatchObject({ outcome: "ok", value: { expiresInSeconds: 60 * 86_400 } });
  clock += 61 * day;
  expect(await oauth.refresh(app(), granted.value)).toMatchObject({
    outcome: "refused",
    class: "channel",
    code: "190",
  });
});

test("an owner who refuses comes back without a code; one who takes the app away ends every token", async () => {
  const back = await allow("deny");
  expect(back.searchParams.get("error")).toBe("access_denied");
  expect(back.searchParams.has("code")).toBe(false);
  const { channel, account } = vendor;
  const body = new URLSearchParams({ account: account.id });
  await fetch(`${channel.apiBaseUrl}/oauth/permissions`, { method: "POST", body });
  expect(await instagram.send(channel, to("after"))).toMatchObject({ class: "channel", code: "190" });
  expect(await instagram.refreshToken(channel)).toMatchObject({ outcome: "refused", class: "channel" });
});

test("what somebody of the business writes in the app is echoed", async () => {
  const { standIn, account } = vendor;
  const written = standIn.writeAsBusiness?.(account.id, camille, "Je regarde et je vous dis.");
  await standIn.settled();
  expect(vendor.eventsOf("message")).toMatchObject([
    { direction: "out", messageId: written, person: { identities: [{ value: camille.address }] } },
  ]);
});

test("a token withdrawn, a secret made anew and another address are played until the channel has others", async () => {
  const { standIn, account, channel } = vendor;
  const write = async () => {
    standIn.write(account.id, camille, "Bonjour");
    await standIn.settled();
  };
  standIn.faults?.set(account.id, "token_revoked", true);
  expect(await instagram.send(channel, to("our-1"))).toMatchObject({ outcome: "refused", class: "channel" });
  standIn.faults?.set(account.id, "secret_renewed", true);
  await write();
  expect(vendor.received.map(({ verified }) => verified)).toEqual([false]);
  standIn.faults?.set(account.id, "address_changed", true);
  await write();
  expect(vendor.received).toHaveLength(1);

  const renewed = { ...credentials, access_token: "un-autre-jeton-d-essai" };
  standIn.addAccount(renewed);
  expect(standIn.faults?.of(account.id)).toEqual(["secret_renewed", "address_changed"]);
  standIn.faults?.set(account.id, "address_changed", false);
  expect(await instagram.send({ ...channel, credentials: renewed }, to("our-2"))).toMatchObject({
    outcome: "accepted",
  });
});
