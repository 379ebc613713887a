import fc from "fast-check";
import oracle from "twilio";
import { expect, test } from "vitest";
import type { EventPart, VoiceAction } from "../contract.ts";
import { sampleFiles, samplePost } from "../testing-samples.ts";
import { twilio } from "./index.ts";

const address = "https://guichet.example/webhooks/twilio/clef";
const partOf = (sample: string, query = ""): EventPart =>
  twilio.split({ ...samplePost("twilio", `${sample}.txt`), url: address + query })[0]!;

test("a ringing call, the end of a step and a text are questions; reports are none", () => {
  const asked = (sample: string, query?: string) => twilio.liveQuestion(partOf(sample, query));
  const call = { kind: "call", callId: `CA${"1".padStart(32, "0")}`, from: "+33639981234", to: "+33199001234" };
  expect(asked("call-ringing")).toEqual({ ...call, step: "start", outcome: null });
  expect(asked("call-dial-busy", "?step=dialled")).toEqual({ ...call, step: "dialled", outcome: "busy" });
  expect(asked("call-dial-answered", "?step=dialled")).toMatchObject({ outcome: "answered" });
  expect(asked("call-silent", "?step=recorded")).toMatchObject({ step: "recorded", outcome: "hung_up" });
  expect(asked("sms")).toEqual({ kind: "message", messageId: `SM${"1".padStart(32, "0")}`, from: "+33639981234" });
  for (const report of ["call-completed", "call-outbound", "status-sent", "other"]) expect(asked(report)).toBeNull();
  expect(asked("call-recording", "?step=recording&number=%2B33199001234")).toBeNull();
});

test("a text is answered with a message whose statuses carry our id", () => {
  const answer = { kind: "message", text: "À tout de suite <3 & merci", trackingId: "019a" } as const;
  const { contentType, body } = twilio.liveAnswer(partOf("sms"), answer, `${address}?x=1`);
  const expected = new oracle.twiml.MessagingResponse();
  expected.message({ statusCallback: `${address}?message=019a` }, "").body(answer.text);
  expect(contentType).toBe("text/xml; charset=utf-8");
  expect(unquoted(body)).toBe(unquoted(expected.toString()));
  expect(twilio.liveAnswer(partOf("sms"), { kind: "message", text: null }, address).body).toBe(
    twilio.acknowledgement.body,
  );
});

test("what a caller hears is what Twilio's own library writes", () => {
  const actions: VoiceAction[] = [
    { do: "say", text: "Bonjour & bienvenue", language: "fr" },
    { do: "dial", number: "+33199005678", seconds: 20, next: "dialled" },
    { do: "dial", number: "sip:agent@example.org", seconds: 20, next: "dialled" },
    { do: "record", maxSeconds: 120, next: "recorded" },
    { do: "hang_up" },
  ];
  const expected = new oracle.twiml.VoiceResponse();
  expected.say({ language: "fr-FR" }, "Bonjour & bienvenue");
  const dial = { action: `${address}?step=dialled`, method: "POST", timeout: 20 };
  expected.dial(dial).number("+33199005678");
  expected.dial(dial).sip("sip:agent@example.org");
  expected.record({
    action: `${address}?step=recorded`,
    method: "POST",
    maxLength: 120,
    playBeep: true,
    recordingStatusCallback: `${address}?step=recording&number=%2B33199001234&caller=%2B33639981234`,
    recordingStatusCallbackEvent: ["completed", "absent"],
  });
  expected.hangup();
  const { body } = twilio.liveAnswer(partOf("call-ringing"), { kind: "call", actions }, address);
  expect(unquoted(body)).toBe(unquoted(expected.toString()));
});

/** Quotes inside text may be written either way. */
const unquoted = (xml: string) => xml.replaceAll("&quot;", '"').replaceAll("&apos;", "'");

test("no words, however hostile, leave their element", () => {
  const parts = sampleFiles("twilio").flatMap((file) => twilio.split(samplePost("twilio", file)));
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.string({ unit: "binary", maxLength: 60 }), (part, text) => {
      const actions: VoiceAction[] = [{ do: "say", text, language: "en" }];
      const bodies = [
        twilio.liveAnswer(part, { kind: "message", text, trackingId: text }, address).body,
        twilio.liveAnswer(part, { kind: "call", actions }, address).body,
      ];
      for (const body of bodies) {
        expect(body.match(/</g)?.length ?? 0).toBeLessThanOrEqual(7);
        expect(body).not.toMatch(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/u);
      }
    }),
    { numRuns: 10_000 },
  );
});
