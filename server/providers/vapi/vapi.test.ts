import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { MalformedPost } from "../contract.ts";
import { readPost, sampleFiles, samplePost } from "../testing-samples.ts";
import { vapi } from "./index.ts";

const assistant = "5d1c7a3e-1f2b-4c6d-8e9f-0a1b2c3d4e5f";
const number = "7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2910";
const callId = "0199a1b2-0000-7000-8000-00000000c001";
const only = (name: string) => {
  const events = readPost(vapi, samplePost("vapi", `${name}.json`));
  expect(events).toHaveLength(1);
  return events[0]!;
};
const at = (time: string) => new Date(`2026-11-21T${time}Z`);

test("a report says all that is known of a call", () => {
  const { part, event, unknowns } = only("end-of-call-report");
  expect(part).toMatchObject({
    routingKeys: [`vapi:assistant:${assistant}`, `vapi:number:${number}`],
    type: "end-of-call-report",
    externalId: callId,
    dedupeKey: `end-of-call-report:${callId}`,
    customerIdentifier: "+33639981234",
    occurredAt: at("09:01:20"),
  });
  expect(event).toEqual({
    kind: "call",
    callId,
    direction: "in",
    status: "completed",
    person: { name: "Camille Fictive", identities: [{ kind: "phone", value: "+33639981234", raw: "+33639981234" }] },
    from: "+33639981234",
    to: "+33199001234",
    forwardedFrom: null,
    assistantId: assistant,
    startedAt: at("09:00:00"),
    answeredAt: at("09:00:03"),
    endedAt: at("09:01:06"),
    durationSeconds: 63.2,
    costCents: 12,
    currency: "USD",
    recording: expect.objectContaining({
      kind: "audio",
      mediaId: callId,
      url: "https://enregistrements.example/appel.wav",
    }),
    transcript: [
      { speaker: "agent", text: "Atelier Lumen, bonjour !", at: 1.2 },
      { speaker: "customer", text: "Bonjour, quelle heure est-il chez vous ?", at: 4 },
      { speaker: "tool", text: 'current_time {"language":"fr"}', at: 6 },
      { speaker: "tool", text: "current_time → Il est dix heures.", at: 7 },
      { speaker: "agent", text: "Il est dix heures.", at: 8 },
    ],
    summary: "Une cliente demande l'heure.",
    sentiment: "positive",
    endedReason: "customer-ended-call",
    occurredAt: at("09:01:20"),
  });
  expect(unknowns).toEqual([]);
});

test.each([
  ["assistant-request", "ringing"],
  ["status-queued", "queued"],
  ["status-ringing", "ringing"],
  ["status-in-progress", "in_progress"],
  ["status-forwarding", "forwarded"],
  ["status-ended", "completed"],
  ["status-no-answer", "no_answer"],
  ["tool-calls-object", "in_progress"],
  ["conversation-update", "in_progress"],
  ["report-without-messages", "voicemail"],
])("%s: the call is %s", (name, status) => {
  expect(only(name).event).toMatchObject({ kind: "call", callId, status });
});

test("who called whom turns round with the direction", () => {
  expect(only("status-ringing").event).toMatchObject({ direction: "in", from: "+33639981234", to: "+33199001234" });
  expect(only("status-no-answer").event).toMatchObject({ direction: "out", from: "+33199001234", to: "+33639981234" });
});

test("a withheld number is nobody", () => {
  expect(only("report-without-number").event).toMatchObject({ person: null, from: "anonymous", status: "completed" });
});

test("a conversation is read in Vapi's form and in OpenAI's, a report in running text too", () => {
  const turns = (name: string) => {
    const { event } = only(name);
    return event.kind === "call" ? event.transcript?.map(({ speaker, text }) => `${speaker}: ${text}`) : [];
  };
  expect(turns("conversation-update")).toEqual([
    "agent: Atelier Lumen, bonjour !",
    "customer: Bonjour, quelle heure est-il chez vous ?",
  ]);
  expect(turns("conversation-openai")).toEqual(["agent: Bonjour !", "customer: Bonjour"]);
  expect(turns("report-without-messages")).toEqual(["agent: Bonjour, ici l'atelier.", "customer: Bip."]);
});

test.each(["object", "text", "short", "wrapped"])("functions are asked for in the form « %s »", (form) => {
  const question = vapi.liveQuestion(only(`tool-calls-${form}`).part);
  expect(question).toMatchObject({ kind: "functions", callId });
  const [first, ...more] = question?.kind === "functions" ? question.calls : [];
  expect(first).toEqual({ key: "call_heure1", name: "current_time", arguments: { language: "fr" } });
  expect(more).toEqual(form === "short" ? [{ key: "call_heure2", name: "opening_hours", arguments: {} }] : []);
});

test("an answer is one line of text a function, always in the list", () => {
  const { part } = only("tool-calls-short");
  const results = [
    { key: "call_heure1", name: "current_time", result: "Il est\n  dix heures.", error: null, transferTo: null },
    { key: "call_heure2", name: "opening_hours", result: null, error: "Je ne\nsais pas.", transferTo: null },
  ];
  expect(JSON.parse(vapi.liveAnswer(part, { kind: "functions", results }).body)).toEqual({
    results: [
      { toolCallId: "call_heure1", name: "current_time", result: "Il est dix heures." },
      { toolCallId: "call_heure2", name: "opening_hours", error: "Je ne sais pas." },
    ],
  });
  const older = only("function-call").part;
  expect(vapi.liveQuestion(older)).toMatchObject({ calls: [{ name: "current_time" }] });
  expect(JSON.parse(vapi.liveAnswer(older, { kind: "functions", results: results.slice(0, 1) }).body)).toEqual({
    result: "Il est dix heures.",
  });
});

test("who is put through to is a function of ours, answered with a destination or a refusal", () => {
  const { part } = only("transfer-destination-request");
  const question = vapi.liveQuestion(part);
  expect(question).toMatchObject({
    callId,
    from: "+33639981234",
    calls: [{ name: "transfer_to_human", arguments: {} }],
  });
  expect(vapi.liveQuestion(only("transfer-destination-request").part)).toEqual(question);
  const answer = (result: string, transferTo: string | null) => {
    const results = [{ key: "k", name: "transfer_to_human", result, error: null, transferTo }];
    return JSON.parse(vapi.liveAnswer(part, { kind: "functions", results }).body) as unknown;
  };
  expect(answer("Ne quittez pas.", "+33199001235")).toEqual({
    destination: { type: "number", number: "+33199001235", message: "Ne quittez pas." },
  });
  expect(answer("Nous sommes\nfermés.", null)).toEqual({ error: "Nous sommes fermés." });
});

test("an assistant is asked for by the called number and the one that forwarded", () => {
  const { part, event } = only("assistant-request-forwarded");
  expect(part.routingKeys).toEqual([`vapi:number:${number}`, "vapi:forwarded:+33199005678"]);
  expect(event.kind).toBe("ignored");
  expect(vapi.liveQuestion(part)).toEqual({
    kind: "assistant",
    callId,
    from: "+33639981234",
    to: "+33199001234",
    forwardedFrom: "+33199005678",
  });
  const answer = (assistantId: string | null, error: string | null) =>
    JSON.parse(vapi.liveAnswer(part, { kind: "assistant", assistantId, definition: null, error }).body) as unknown;
  expect(answer("a1", null)).toEqual({ assistantId: "a1" });
  expect(answer(null, "Personne ne peut répondre.")).toEqual({ error: "Personne ne peut répondre." });
  const inline = vapi.liveAnswer(part, {
    kind: "assistant",
    assistantId: null,
    definition: { name: "x" },
    error: null,
  });
  expect(JSON.parse(inline.body)).toEqual({ assistant: { name: "x" } });
});

test("what is no news of a call is left aside, what is not known is listed", () => {
  for (const name of ["transcript", "speech-update", "hang", "transfer-destination-request", "model-output"]) {
    expect(only(name)).toMatchObject({ event: { kind: "ignored" }, unknowns: [] });
  }
  expect(only("unknown-type").unknowns).toEqual(["message.type=dream-update"]);
  expect(only("status-unknown").unknowns).toEqual(["status=teleported"]);
});

test("a message that comes again has the same key, two messages have two", () => {
  const keys = sampleFiles("vapi").map((file) => vapi.split(samplePost("vapi", file))[0]!.dedupeKey);
  expect(sampleFiles("vapi").map((file) => vapi.split(samplePost("vapi", file))[0]!.dedupeKey)).toEqual(keys);
  expect(only("status-ringing").part.dedupeKey).not.toBe(only("status-in-progress").part.dedupeKey);
  expect(only("tool-calls-object").part.dedupeKey).toBe(only("tool-calls-text").part.dedupeKey);
});

test("secrets of the customer's own configuration are not kept", () => {
  for (const file of sampleFiles("vapi")) {
    const kept = JSON.stringify(vapi.split(samplePost("vapi", file)));
    for (const secret of ["phrase-a-taire", "jeton-a-taire"]) expect(kept).not.toContain(secret);
  }
});

const body = new TextEncoder().encode('{"message":{"type":"hang"}}');
const secret = "phrase-longue-et-secrete";
const signed = (headers: Record<string, string>) =>
  vapi.verify({ url: "https://guichet.example/webhooks/vapi", headers, body }, secret);
const hmac = (algorithm: string, text: string, encoding: "hex" | "base64" = "hex") =>
  createHmac(algorithm, secret).update(text).update(body).digest(encoding);

test.each<[string, Record<string, string>]>([
  ["the secret's own header", { "x-vapi-secret": secret }],
  ["a bearer token", { authorization: `Bearer ${secret}` }],
  ["an HMAC in a header of any name", { "x-atelier": hmac("sha256", "") }],
  ["an HMAC behind its prefix", { "x-signature": `sha256=${hmac("sha256", "")}` }],
  ["an HMAC with a time", { "x-signature": hmac("sha256", "1795251603."), "x-timestamp": "1795251603" }],
  ["an HMAC in SHA-512 and base64", { "x-signature": hmac("sha512", "", "base64") }],
])("%s vouches for a post", (_, headers) => {
  expect(signed(headers)).toEqual({ ok: true });
  for (const [name, value] of Object.entries(headers)) {
    if (name === "x-timestamp") continue;
    const changed = value.slice(0, 30) + (value[30] === "a" ? "b" : "a") + value.slice(31);
    const wrong = value.length > 30 ? changed : `${value.slice(0, -1)}!`;
    expect(signed({ ...headers, [name]: wrong }).ok).toBe(false);
  }
});

test("nothing shown is missing, a wrong secret is a mismatch, no secret is not configured", () => {
  expect(signed({})).toEqual({ ok: false, reason: "missing_signature" });
  expect(signed({ "x-vapi-secret": "autre" })).toEqual({ ok: false, reason: "signature_mismatch" });
  expect(vapi.verify({ url: "", headers: { "x-vapi-secret": "" }, body }, "")).toMatchObject({
    reason: "not_configured",
  });
});

test.each([
  ["nothing", ""],
  ["text", "bonjour"],
  ["no message", '{"a":1}'],
  ["a list", "[]"],
])("%s is malformed", (_, text) => {
  const post = { url: "https://guichet.example", headers: {}, body: new TextEncoder().encode(text) };
  expect(() => vapi.split(post)).toThrow(MalformedPost);
});

test("a channel owns its assistant, its number and the numbers that forward to it", () => {
  const credentials = vapi.credentialSchema.parse({
    api_key: "clef-privee-d-essai",
    assistant_id: assistant,
    phone_number_id: number,
    phone_number: "01 99 00 12 34",
    forwarded_numbers: "01 99 00 56 78, +33 1 99 00 56 79",
    server_secret: secret,
  });
  expect(vapi.routingKeysOf(credentials)).toEqual([
    `vapi:assistant:${assistant}`,
    `vapi:number:${number}`,
    "vapi:forwarded:+33199005678",
    "vapi:forwarded:+33199005679",
  ]);
  expect(vapi.addressOf(credentials)).toBe("+33199001234");
  expect(vapi.credentialSchema.safeParse({ ...credentials, forwarded_numbers: "bonjour" }).success).toBe(false);
});
