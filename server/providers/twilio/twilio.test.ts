import { expect, test } from "vitest";
import { MalformedPost } from "../contract.ts";
import { readPost, receivedAt, sampleFiles, samplePost } from "../testing-samples.ts";
import { twilio } from "./index.ts";

const account = "AC00000000000000000000000000000001";
const read = (name: string) => readPost(twilio, samplePost("twilio", `${name}.txt`));
const only = (name: string) => {
  const events = read(name);
  expect(events).toHaveLength(1);
  return events[0]!;
};
const recording = () => {
  const query = "step=recording&number=%2B33199001234&caller=%2B33639981234";
  const post = {
    ...samplePost("twilio", "call-recording.txt"),
    url: `https://guichet.example/webhooks/twilio?${query}`,
  };
  return readPost(twilio, post)[0]!;
};
const formPost = (body: string, url = "https://guichet.example/webhooks/twilio") => ({
  url,
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new TextEncoder().encode(body),
});
const sid = (prefix: string, number: number) => prefix + number.toString(16).padStart(32, "0");

test("an inbound SMS", () => {
  const { part, event, unknowns } = only("sms");
  expect(part).toMatchObject({
    routingKeys: [`twilio:${account}:+33199001234`],
    type: "message.text",
    externalId: sid("SM", 1),
    dedupeKey: `message:${sid("SM", 1)}`,
    customerIdentifier: "+33639981234",
    occurredAt: null,
  });
  expect(event).toEqual({
    kind: "message",
    direction: "in",
    messageId: sid("SM", 1),
    person: { identities: [{ kind: "phone", value: "+33639981234", raw: "+33639981234" }], name: null },
    content: { kind: "text", text: "Bonjour, êtes-vous ouverts dimanche ?", media: [], data: null },
    replyToId: null,
    occurredAt: receivedAt,
  });
  expect(unknowns).toEqual([]);
});

test("a message routes by number, then by service; a status by service, then by number", () => {
  const number = `twilio:${account}:+33199001234`;
  const service = `twilio:${account}:${sid("MG", 7)}`;
  expect(only("sms-to-service").part.routingKeys).toEqual([number, service]);
  expect(only("status-delivered-by-service").part.routingKeys).toEqual([service, number]);
  expect(only("whatsapp-text").part.routingKeys).toEqual([`twilio:${account}:whatsapp:+33199001234`]);
  const voice = `twilio:${account}:voice:+33199001234`;
  expect(only("call-outbound").part.routingKeys).toEqual([voice, number]);
  expect(only("call-recording").part.routingKeys).toEqual([]);
  expect(recording().part.routingKeys).toEqual([voice, number]);
});

test.each<[string, string, string]>([
  ["sms-help", "text", "HELP"],
  ["sms-yes", "text", "yes"],
  ["sms-nul", "text", "Avantaprès"],
  ["sms-short-code", "text", "Votre colis arrive"],
  ["sms-empty", "unsupported", "[empty]"],
  ["mms", "media", "Voici la photo"],
  ["whatsapp-text", "text", "Bonjour par WhatsApp"],
  ["whatsapp-without-phone", "text", "Sans numéro"],
  ["whatsapp-location", "location", "📍 Marché, 1 place de l'Exemple, Paris"],
  ["whatsapp-button", "interactive", "Je confirme"],
  ["whatsapp-list", "interactive", "Livraison express"],
])("%s is a message of kind %s that reads « %s »", (name, kind, text) => {
  expect(only(name).event).toMatchObject({ kind: "message", direction: "in", content: { kind, text } });
});

test("pictures are references to Twilio's store", () => {
  const { event } = only("mms");
  expect(event.kind === "message" && event.content.media).toMatchObject([
    { kind: "image", mediaId: sid("ME", 1), mimeType: "image/jpeg", error: null },
    { kind: "document", mediaId: sid("ME", 2), mimeType: "text/x-vcard" },
  ]);
});

test("people are known by phone, WhatsApp id, business-scoped id or, for a short code, a handle", () => {
  const identities = (name: string) => {
    const { event } = only(name);
    return event.kind === "message" ? event.person.identities.map(({ kind, value }) => `${kind} ${value}`) : [];
  };
  expect(identities("whatsapp-text")).toEqual([
    "phone +33639981234",
    "whatsapp_id 33639981234",
    "whatsapp_user_id FR.10457820012345",
  ]);
  expect(identities("whatsapp-without-phone")).toEqual(["whatsapp_user_id FR.10457820012345"]);
  expect(identities("sms-short-code")).toEqual(["handle sms:38000"]);
  expect(only("whatsapp-text").event).toMatchObject({ person: { name: "Camille Fictive" }, replyToId: sid("SM", 100) });
});

test.each([
  ["sms-stop", false],
  ["sms-stop-verdict", false],
  ["sms-start", true],
])("%s is a message and the consent it changes", (name, granted) => {
  const [message, consent, ...more] = read(name);
  expect(more).toEqual([]);
  expect(message?.event).toMatchObject({ kind: "message" });
  expect(consent?.event).toMatchObject({ kind: "consent", scope: "all", granted });
  expect(consent?.part.dedupeKey).not.toBe(message?.part.dedupeKey);
});

test.each<[string, string, string | null]>([
  ["status-sent", "sent", null],
  ["status-delivered", "delivered", null],
  ["status-read", "read", null],
  ["status-undelivered", "failed", "30005"],
  ["status-failed", "failed", "30003"],
])("%s says %s", (name, status, code) => {
  const { part, event } = only(name);
  expect(part.dedupeKey).toBe(`status:${sid("SM", 100)}:${name.replace("status-", "")}`);
  expect(event).toMatchObject({ kind: "status", status, messageId: sid("SM", 100) });
  expect(event.kind === "status" && (event.error?.code ?? null)).toBe(code);
});

test("a status before sending says nothing new, an unknown one is listed", () => {
  expect(only("status-queued").event).toEqual({ kind: "ignored", why: "not sent yet (queued)" });
  expect(only("status-unknown")).toMatchObject({
    event: { kind: "ignored" },
    unknowns: expect.arrayContaining(["params.Flavour=vanilla", "MessageStatus=teleported"]),
  });
});

test("the carrier's own time is read when Twilio gives none", () => {
  expect(only("status-delivered").part.occurredAt).toEqual(new Date("2026-11-21T09:30:00Z"));
  expect(only("call-completed").part.occurredAt).toEqual(new Date("2026-11-21T09:30:00Z"));
});

test("our message id comes back in the query of the status callback", () => {
  const id = "019a0000-0000-7000-8000-000000000001";
  const post = {
    ...samplePost("twilio", "status-sent.txt"),
    url: `https://guichet.example/webhooks/twilio?message=${id}`,
  };
  expect(readPost(twilio, post)[0]?.event).toMatchObject({ trackingId: id });
  const hostile = { ...post, url: "https://guichet.example/webhooks/twilio?message=%27%3B--" };
  expect(readPost(twilio, hostile)[0]?.event).toMatchObject({ trackingId: null });
});

test.each<[string, object]>([
  ["call-ringing", { status: "ringing", direction: "in", person: { name: "Camille" }, startedAt: receivedAt }],
  ["call-in-progress", { status: "in_progress", endedAt: null }],
  [
    "call-completed",
    { status: "completed", durationSeconds: 63, endedAt: new Date("2026-11-21T09:30:00Z"), endedReason: null },
  ],
  [
    "call-outbound",
    { status: "queued", direction: "out", from: "+33199001234", to: "+33639981234", person: expect.anything() },
  ],
  ["call-forwarded", { status: "in_progress", forwardedFrom: "+33199005678", person: null }],
  ["call-dial-answered", { status: "forwarded", answeredAt: new Date("2026-11-21T09:59:18Z"), endedAt: null }],
  ["call-dial-busy", { status: "busy", endedReason: "dial busy" }],
  ["call-silent", { status: "no_answer", recording: null }],
])("%s is an event of the one call", (name, event) => {
  const { part, event: read, unknowns } = only(name);
  expect(read).toMatchObject({ kind: "call", callId: part.externalId, ...event });
  expect(unknowns).toEqual([]);
});

test("a recording's callback names nobody; the query that we gave it does", () => {
  const { event, unknowns } = recording();
  expect(unknowns).toEqual([]);
  expect(event).toMatchObject({
    kind: "call",
    callId: sid("CA", 1),
    status: "voicemail",
    from: "+33639981234",
    to: "+33199001234",
    person: { identities: [{ kind: "phone", value: "+33639981234" }] },
    recording: {
      kind: "audio",
      mediaId: sid("RE", 1),
      url: `https://api.twilio.com/2010-04-01/Accounts/${account}/Recordings/${sid("RE", 1)}.mp3`,
      mimeType: "audio/mpeg",
    },
  });
});

test("a call as the API knows it has its price", () => {
  const call = {
    sid: sid("CA", 1),
    direction: "inbound",
    from: "+33639981234",
    to: "+33199001234",
    status: "completed",
    start_time: "Sat, 21 Nov 2026 09:28:57 +0000",
    end_time: "Sat, 21 Nov 2026 09:30:00 +0000",
    duration: "63",
    price: "-0.02100",
    price_unit: "EUR",
  };
  expect(twilio.parse({ call }, receivedAt).event).toMatchObject({
    kind: "call",
    callId: sid("CA", 1),
    status: "completed",
    durationSeconds: 63,
    costCents: 2,
    currency: "EUR",
    startedAt: new Date("2026-11-21T09:28:57Z"),
  });
});

test("a retry of Twilio has the same keys", () => {
  for (const file of sampleFiles("twilio")) {
    const post = samplePost("twilio", file);
    const retried = { ...post, headers: { ...post.headers, "i-twilio-idempotency-token": "again" } };
    expect(twilio.split(retried)).toEqual(twilio.split(post));
  }
});

test("what is neither a message nor a call is kept, not acted on", () => {
  expect(only("other").event).toEqual({ kind: "ignored", why: "neither a message nor a call" });
  const json = {
    ...formPost('[{"type":"com.twilio.messaging","id":"EZ1"}]'),
    headers: { "content-type": "application/json" },
  };
  expect(readPost(twilio, json)[0]?.event).toEqual({ kind: "ignored", why: "Twilio event stream" });
});

test("a repeated parameter is a list and breaks nothing", () => {
  const [first] = readPost(
    twilio,
    formPost(`AccountSid=${account}&MessageSid=SM1&From=%2B33639981234&From=x&To=y&Body=a&Body=b`),
  );
  expect(first?.event).toEqual({ kind: "ignored", why: "message without a sender" });
});

test.each([
  ["nothing", ""],
  ["text", "bonjour"],
  ["no account", "MessageSid=SM1&Body=a"],
  ["too many parameters", `AccountSid=AC1&${Array.from({ length: 600 }, (_, index) => `p${index}=1`).join("&")}`],
])("%s is malformed", (_, body) => {
  expect(() => twilio.split(formPost(body))).toThrow(MalformedPost);
});

test("JSON that is none, or nested without end, is malformed", () => {
  const json = (body: string) => ({ ...formPost(body), headers: { "content-type": "application/json" } });
  for (const body of ["", "{", "7", "[".repeat(1_000_000)]) {
    expect(() => twilio.split(json(body))).toThrow(MalformedPost);
  }
});

test("credentials need a number or a service, and own their routing keys", () => {
  const given = { account_sid: account, auth_token: "0123456789abcdef0123456789abcdef" };
  expect(twilio.credentialSchema.safeParse(given).success).toBe(false);
  const number = twilio.credentialSchema.parse({ ...given, phone_number: "+33 1 99 00 12 34" });
  expect(twilio.routingKeysOf(number)).toEqual([`twilio:${account}:+33199001234`]);
  expect(twilio.addressOf(number)).toBe("+33199001234");
  const service = twilio.credentialSchema.parse({ ...given, messaging_service_sid: sid("MG", 7) });
  expect(twilio.routingKeysOf(service)).toEqual([`twilio:${account}:${sid("MG", 7)}`]);
});

test("an undelivered message's code tells whether the window was closed or the person opted out", () => {
  const errorOf = (ErrorCode: string) => {
    const form = { AccountSid: "AC1", MessageSid: "SM1", MessageStatus: "undelivered", ErrorCode };
    return twilio.parse({ form }, new Date());
  };
  expect(errorOf("63016")).toMatchObject({ event: { error: { code: "63016", class: "window" } } });
  expect(errorOf("21610")).toMatchObject({ event: { error: { class: "opted_out" } } });
  for (const code of ["30005", "20003", "texte", "99999999999999999999"])
    expect(errorOf(code)).not.toHaveProperty("event.error.class");
});

test("a number for calls is tested by a report of a call, which nobody waits for and which changes nothing", () => {
  const credentials = twilio.credentialSchema.parse({
    account_sid: `AC${"1".repeat(32)}`,
    auth_token: "jeton-d-essai-long",
    use: "phone",
    phone_number: "+33199001234",
  });
  const channel = { channelId: "channel", tenantId: "tenant", credentials, apiBaseUrl: twilio.defaultApiBaseUrl };
  const post = twilio.testPost(channel, "https://guichet.example/webhooks/twilio/clef", "essai");
  expect(twilio.verify(post, credentials.auth_token)).toEqual({ ok: true });
  const [part, ...more] = twilio.split(post);
  expect(more).toEqual([]);
  expect(part!.routingKeys[0]).toBe(twilio.routingKeysOf(credentials)[0]);
  expect(twilio.liveQuestion(part!)).toBeNull();
  expect(twilio.parse(part!.payload, receivedAt)).toMatchObject({ event: { kind: "ignored" }, unknowns: [] });
});
