import { afterEach, expect, test } from "vitest";
import type { RawPost } from "./contract.ts";
import { mailgun } from "./mailgun/index.ts";
import { sendgrid } from "./sendgrid/index.ts";
import { ses } from "./ses/index.ts";
import { answer, byVendor, camille, mailVendors, startMailVendor, type TestedVendor } from "./testing-mail-vendors.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(vendor: TestedVendor) {
  const started = await startMailVendor(vendor);
  stops.push(() => started.stop());
  return started;
}

/** Flips one bit of each thing that a vendor signs, or brings as its password. */
const flips: Record<string, (post: RawPost) => RawPost[]> = {
  sendgrid: (post) => [
    withBody(post, (text) => text.replace('"event"', '"evenu"')),
    ...["signature", "timestamp"].map((what) => flipHeader(post, `x-twilio-email-event-webhook-${what}`)),
  ],
  mailgun: (post) =>
    ["signature", "token", "timestamp"].map((name) =>
      withBody(post, (text) =>
        text.replace(
          new RegExp(`((?:"${name}":"|(?:^|&)${name}=)[\\w-]{4})(.)`),
          (_, start: string, one: string) => start + (one === "1" ? "0" : "1"),
        ),
      ),
    ),
  postmark: (post) => [flipHeader(post, "authorization")],
  ses: (post) =>
    ["Signature", "Message", "TopicArn", "Timestamp", "MessageId"].map((name) =>
      withBody(post, (text) => {
        const message = JSON.parse(text) as Record<string, string>;
        const value = message[name] ?? "";
        return JSON.stringify({
          ...message,
          [name]: `${value.slice(0, 9)}${value[9] === "a" ? "b" : "a"}${value.slice(10)}`,
        });
      }),
    ),
};

function withBody(post: RawPost, change: (text: string) => string): RawPost {
  return { ...post, body: new TextEncoder().encode(change(new TextDecoder().decode(post.body))) };
}

function flipHeader(post: RawPost, name: string): RawPost {
  const value = post.headers[name] ?? "";
  const at = value.length - 8;
  return {
    ...post,
    headers: { ...post.headers, [name]: `${value.slice(0, at)}${value[at] === "1" ? "0" : "1"}${value.slice(at + 1)}` },
  };
}

test.each(byVendor)("what %s posts does not pass with another secret, nor with a bit flipped", async (_, vendor) => {
  const { provider } = vendor;
  const { standIn, channel, posts } = await start(vendor);
  await provider.send(channel, answer());
  await standIn.settled();
  const [post] = posts;
  if (!post) throw new Error("nothing was posted");
  const secret = channel.credentials[vendor.secret] ?? "";
  expect(provider.verify(post, secret)).toEqual({ ok: true });
  expect(provider.verify(post, provider.inventCredentials()[vendor.secret] ?? "").ok).toBe(false);
  expect(provider.verify(post, "")).toMatchObject({ ok: false, reason: "not_configured" });
  const flipped = flips[provider.name]?.(post) ?? [];
  expect(flipped.map((one) => provider.verify(one, secret).ok)).toEqual(flipped.map(() => false));
  expect(flipped.length).toBeGreaterThan(0);
});

test("SendGrid signs no mail: one is taken at the channel's own address only", async () => {
  const { standIn, account, posts, channel } = await start(mailVendors[0]!);
  standIn.deliver(account.id, { from: camille, subject: "Bonjour", text: "Bonjour" });
  await standIn.settled();
  const [post] = posts;
  if (!post) throw new Error("nothing was posted");
  const secret = channel.credentials.verification_key ?? "";
  expect(sendgrid.verify(post, secret)).toEqual({ ok: true });
  const shared = { ...post, url: post.url.replace(/\/[^/]+$/, "") };
  expect(sendgrid.verify(shared, secret)).toEqual({ ok: false, reason: "missing_signature" });
  const asEvents = { ...post, headers: { "content-type": "application/json" } };
  expect(sendgrid.verify(asEvents, secret)).toEqual({ ok: false, reason: "missing_signature" });
});

test("Mailgun's signature carries one post only: a token that was seen says nothing new", async () => {
  const { standIn, account, posts, channel } = await start(mailVendors[1]!);
  standIn.deliver(account.id, { from: camille, subject: "Bonjour", text: "Bonjour" });
  await standIn.settled();
  const [post] = posts;
  if (!post) throw new Error("nothing was posted");
  const secret = channel.credentials.signing_key ?? "";
  expect(mailgun.verify(post, secret)).toEqual({ ok: true });
  expect(
    mailgun.verify(
      withBody(post, (text) => `${text}&x=1`),
      secret,
    ).ok,
  ).toBe(false);
  const old = new Date(Date.now() + 13 * 3_600_000);
  expect(mailgun.verify(post, secret, old)).toEqual({ ok: false, reason: "stale" });
});

test("SNS may not bring a key of its own, nor have us fetch what is not SNS's", async () => {
  const credentials = ses.inventCredentials();
  const channel = { channelId: "c", tenantId: "t", credentials, apiBaseUrl: "" };
  const post = ses.testPost(channel, "https://guichet.example/webhooks/ses", "essai");
  expect(ses.verify(post, credentials.topic_arn ?? "")).toEqual({ ok: true });
  for (const address of [
    "https://sns.eu-west-3.amazonaws.com.ailleurs.example/SimpleNotificationService-1.pem",
    "http://sns.eu-west-3.amazonaws.com/SimpleNotificationService-1.pem",
    "https://sns.eu-west-3.amazonaws.com@ailleurs.example/SimpleNotificationService-1.pem",
    "https://sns.eu-west-3.amazonaws.com/ailleurs.pem",
    "pas une adresse",
  ]) {
    const foreign = withBody(post, (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), SigningCertURL: address }),
    );
    await ses.beforeVerify(foreign);
    expect(ses.verify(foreign, credentials.topic_arn ?? "").ok).toBe(false);
  }
  const wish = { Type: "SubscriptionConfirmation", MessageId: "1", TopicArn: credentials.topic_arn, Token: "x" };
  const body = new TextEncoder().encode(
    JSON.stringify({ ...wish, SubscribeURL: "https://ailleurs.example/?Action=ConfirmSubscription" }),
  );
  const [part] = await ses.split({ url: "", headers: {}, body });
  expect(part?.routingKeys).toEqual([`ses:topic:${credentials.topic_arn}`]);
  expect(await ses.confirm(part!)).toBe(false);
});
