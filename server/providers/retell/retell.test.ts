import { expect, test } from "vitest";
import { MalformedPost } from "../contract.ts";
import { readPost, receivedAt, sampleFiles, samplePost } from "../testing-samples.ts";
import { retell } from "./index.ts";
import { signatureOf } from "./verify.ts";

const callId = "appel_fictif_0001";
const only = (name: string, url?: string) => {
  const post = samplePost("retell", `${name}.json`);
  const events = readPost(retell, url ? { ...post, url } : post);
  expect(events).toHaveLength(1);
  return events[0]!;
};
const started = new Date(1_795_251_603_000);
const ended = new Date(1_795_251_666_000);

test("the analysed call says all that is known of it", () => {
  const { part, event, unknowns } = only("call-analyzed");
  expect(part).toMatchObject({
    routingKeys: ["retell:agent:agent_essai_0001", "retell:number:+33199001234"],
    type: "call_analyzed",
    externalId: callId,
    dedupeKey: `call_analyzed:${callId}`,
    customerIdentifier: "+33639981234",
  });
  expect(event).toEqual({
    kind: "call",
    callId,
    direction: "in",
    status: "completed",
    person: { name: null, identities: [{ kind: "phone", value: "+33639981234", raw: "+33639981234" }] },
    from: "+33639981234",
    to: "+33199001234",
    forwardedFrom: null,
    assistantId: "agent_essai_0001",
    startedAt: started,
    answeredAt: started,
    endedAt: ended,
    durationSeconds: 63,
    costCents: 12,
    currency: "USD",
    recording: expect.objectContaining({ mediaId: callId, url: "https://enregistrements.example/retell.wav" }),
    transcript: [
      { speaker: "agent", text: "Atelier Lumen, bonjour !", at: 0.7 },
      { speaker: "customer", text: "Quelle heure est-il ?", at: 4 },
      { speaker: "tool", text: 'current_time {"language":"fr"}', at: 6 },
      { speaker: "tool", text: "→ Il est dix heures.", at: 7 },
      { speaker: "agent", text: "Il est dix heures.", at: 8 },
    ],
    summary: "Une cliente demande l'heure.",
    sentiment: "positive",
    endedReason: "user_hangup",
    occurredAt: ended,
  });
  expect(unknowns).toEqual([]);
});

test.each([
  ["call-started", "in_progress"],
  ["transcript-updated", "in_progress"],
  ["transfer-bridged", "forwarded"],
  ["call-ended", "completed"],
  ["call-ended-no-answer", "no_answer"],
  ["function", "in_progress"],
])("%s: the call is %s", (name, status) => {
  expect(only(name).event).toMatchObject({ kind: "call", callId, status });
});

test("an outgoing call, a withheld number, a call from a browser, a forwarded one", () => {
  expect(only("call-ended-no-answer").event).toMatchObject({
    direction: "out",
    person: { identities: [{ value: "+33639981234" }] },
    endedReason: "dial_no_answer",
  });
  expect(only("call-ended-withheld").event).toMatchObject({ person: null, from: "anonymous" });
  expect(only("web-call").event).toMatchObject({ person: null, from: null, status: "in_progress" });
  expect(only("call-started-forwarded").event).toMatchObject({ forwardedFrom: "+33199005678" });
});

test("turns are read from running text where nothing else is there", () => {
  expect(only("call-ended-text-only").event).toMatchObject({
    transcript: [
      { speaker: "agent", text: "Bonjour !" },
      { speaker: "customer", text: "Allô ?" },
    ],
  });
});

test("a transcript that grows is told apart, an event that repeats is not", () => {
  const { part } = only("transcript-updated");
  const grown = retell.split({
    ...samplePost("retell", "transcript-updated.json"),
    body: new TextEncoder().encode(
      JSON.stringify({ event: "transcript_updated", call: { call_id: callId, transcript: "x" } }),
    ),
  });
  expect(grown[0]?.dedupeKey).not.toBe(part.dedupeKey);
  for (const file of sampleFiles("retell")) {
    expect(retell.split(samplePost("retell", file))).toEqual(retell.split(samplePost("retell", file)));
  }
});

test("a function is asked for with its call, by the invocation's id or by what it asks", () => {
  const question = (name: string, url?: string) => retell.liveQuestion(only(name, url).part);
  expect(question("function")).toEqual({
    kind: "functions",
    callId,
    from: "+33639981234",
    calls: [{ key: "outil_0001", name: "current_time", arguments: { language: "fr" } }],
  });
  const hashed = question("function-without-id");
  expect(hashed).toMatchObject({ calls: [{ key: expect.stringMatching(/^hash:/), arguments: { language: "fr" } }] });
  expect(question("function-without-id")).toEqual(hashed);
});

test("bare arguments name function and call in the address, and belong to the address's channel", () => {
  const url = `https://guichet.example/webhooks/retell/clef?function=current_time&call_id=${callId}`;
  const { part } = only("function-arguments-only", url);
  expect(part.routingKeys).toEqual([]);
  expect(retell.liveQuestion(part)).toMatchObject({
    callId,
    calls: [{ name: "current_time", arguments: { language: "fr" } }],
  });
  expect(retell.liveQuestion(only("function-arguments-only").part)).toBeNull();
});

test("a function's answer is one line within Retell's limit, whatever has to be escaped", () => {
  const { part } = only("function");
  const answer = (result: string | null, error: string | null, transferTo: string | null = null) =>
    retell.liveAnswer(part, { kind: "functions", results: [{ key: "k", name: "n", result, error, transferTo }] }).body;
  expect(JSON.parse(answer("Il est\ndix heures.", null))).toEqual({ result: "Il est dix heures." });
  expect(JSON.parse(answer(null, "Je ne sais pas."))).toEqual({ error: "Je ne sais pas." });
  const through = { result: "Ne quittez pas.", transfer_number: "+33199001235" };
  expect(JSON.parse(answer("Ne quittez pas.", null, "+33199001235"))).toEqual(through);
  for (const character of ["a", '"', "\\", "é"])
    expect(answer(character.repeat(40_000), null).length).toBeLessThan(15_000);
});

test("a call that rings asks which agent takes it", () => {
  const { part, event } = only("call-inbound");
  expect(event.kind).toBe("ignored");
  expect(part.type).toBe("call_inbound");
  expect(retell.liveQuestion(part)).toMatchObject({ kind: "assistant", from: "+33639981234", to: "+33199001234" });
  const answer = (assistantId: string | null) =>
    JSON.parse(
      retell.liveAnswer(part, { kind: "assistant", assistantId, definition: null, error: null }).body,
    ) as unknown;
  expect(answer("agent_x")).toEqual({ call_inbound: { override_agent_id: "agent_x" } });
  expect(answer(null)).toEqual({ call_inbound: {} });
});

test("what is no call is left aside, what is not known is listed", () => {
  expect(only("chat-ended")).toMatchObject({ event: { kind: "ignored" }, unknowns: [] });
  expect(only("unknown-event").unknowns).toEqual(["event=call_dreamt"]);
});

const key = "key_clef-d-essai-longue";
const body = new TextEncoder().encode('{"event":"call_started"}');
const post = (signature: string) => ({
  url: "https://guichet.example/webhooks/retell",
  headers: { "x-retell-signature": signature },
  body,
});

test("a signature holds for five minutes around its reception, also when it is checked much later", () => {
  const minutes = (count: number) => new Date(receivedAt.getTime() + count * 60_000);
  const signature = signatureOf(body, receivedAt, key);
  for (const late of [-5, 0, 4.9]) expect(retell.verify(post(signature), key, minutes(late))).toEqual({ ok: true });
  for (const late of [-5.1, 5.1, 60]) {
    expect(retell.verify(post(signature), key, minutes(late))).toEqual({ ok: false, reason: "stale" });
    expect(retell.verify(post(signature), "autre", minutes(late))).toEqual({ ok: false, reason: "signature_mismatch" });
  }
  expect(retell.verify(post(signature), "autre", receivedAt).ok).toBe(false);
  expect(retell.verify(post(`x${signature}`), key, receivedAt).ok).toBe(false);
  expect(retell.verify(post(""), key, receivedAt)).toEqual({ ok: false, reason: "missing_signature" });
  expect(retell.verify(post(signature), "", receivedAt)).toEqual({ ok: false, reason: "not_configured" });
});

test.each([
  ["nothing", ""],
  ["text", "bonjour"],
  ["a list", "[]"],
])("%s is malformed", (_, text) => {
  expect(() => retell.split({ ...post("x"), body: new TextEncoder().encode(text) })).toThrow(MalformedPost);
});
