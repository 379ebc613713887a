import fc from "fast-check";
import { expect, test } from "vitest";
import { credentialSchema } from "./credentials.ts";
import { codesOf, problemOf } from "./connection-problem.ts";
import { imapProblemOf } from "./imap.ts";
import { failedSend } from "./smtp-refusals.ts";

// Mails themselves are spoilt in server/mail. Here is what servers may say, and what a form may hold.

const numRuns = 10_000;
const secret = "mot-de-passe";
const word = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    secret,
    "EAUTH",
    "ECONNREFUSED",
    "CERT_HAS_EXPIRED",
    "535 5.7.8 no",
    "552",
    `AUTH ${secret}`,
    "__proto__",
  ),
);
const failure = fc.letrec<{ error: unknown }>((tie) => ({
  error: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, undefined, 0, "x", Symbol.iterator),
    word,
    fc.record(
      {
        code: fc.oneof(word, fc.integer()),
        command: word,
        responseCode: fc.oneof(fc.integer({ min: -1, max: 700 }), fc.double()),
        response: word,
        responseText: word,
        serverResponseCode: word,
        authenticationFailed: fc.boolean(),
        message: word,
        cause: tie("error"),
        errors: fc.array(tie("error"), { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  ),
})).error;

test("whatever a server or a library says has one meaning, and no secret in it", () => {
  fc.assert(
    fc.property(failure, fc.boolean(), (error, handedOver) => {
      const outcome = failedSend(error, handedOver, [secret]);
      expect(["refused", "unknown"]).toContain(outcome.outcome);
      for (const told of [outcome, problemOf(error, [secret]), imapProblemOf(error, [secret])]) {
        expect(JSON.stringify(told)).not.toContain(secret);
        expect(JSON.stringify(told).length).toBeLessThan(5_000);
      }
      // What left whole and was not refused is never said to be unsent.
      const { responseCode } = (error ?? {}) as { responseCode?: number };
      const replied = typeof responseCode === "number" && responseCode >= 400 && responseCode < 600;
      if (handedOver && !replied) expect(outcome.outcome).toBe("unknown");
    }),
    { numRuns },
  );
});

test("an error that goes round in circles comes to an end", () => {
  const error = new Error("round") as Error & { cause?: unknown };
  error.cause = error;
  expect(codesOf(error).length).toBeLessThan(20);
});

test("any form is read or refused, never half taken", () => {
  const names = [
    "address",
    "display_name",
    "imap_host",
    "imap_port",
    "imap_security",
    "imap_password",
    "smtp_host",
    "smtp_port",
    "plus_addressing",
  ];
  const value = fc.oneof(
    word,
    fc.constantFrom("", "auto", "tls", "STARTTLS", "a@gmail.com", "993", "99999", "localhost", "a\r\nb"),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (form) => {
      const read = credentialSchema.safeParse(form);
      if (!read.success) return;
      expect(read.data.display_name).not.toMatch(/[\r\n]/);
      expect(read.data.imap_host).not.toBe("");
      expect(Number(read.data.imap_port)).toBeGreaterThan(0);
      expect(["tls", "starttls"]).toContain(read.data.smtp_security);
    }),
    { numRuns },
  );
});

test("an address of a well-known host needs its password alone", () => {
  expect(credentialSchema.parse({ address: "Atelier@Gmail.com", imap_password: "x" })).toMatchObject({
    address: "atelier@gmail.com",
    imap_host: "imap.gmail.com",
    imap_port: "993",
    smtp_host: "smtp.gmail.com",
    smtp_port: "465",
    plus_addressing: "yes",
  });
  expect(credentialSchema.parse({ address: "a@icloud.com", imap_password: "x", smtp_security: "auto" })).toMatchObject({
    smtp_port: "587",
    smtp_security: "starttls",
  });
  const unknown = credentialSchema.safeParse({ address: "a@atelier.example", imap_password: "x" });
  expect(unknown.error?.issues.map(({ path }) => path[0]).toSorted()).toEqual(["imap_host", "smtp_host"]);
});
