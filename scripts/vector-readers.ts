import { z } from "zod";
import type { ProviderName, RawPost } from "#server/providers/contract.ts";
import type { Vector } from "./conformance-vectors.ts";

/** Reads the known-good signatures of a vendor's file. Throws where it has another shape. */
type VectorReader = (file: unknown) => Vector[];

const parameters = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const twilioFile = z.object({
  auth_token: z.string(),
  header: z.string().toLowerCase(),
  params: parameters.default({}),
  cases: z
    .array(
      z.object({
        url: z.string(),
        signature: z.string(),
        params: parameters.optional(),
        raw_body: z.string().optional(),
      }),
    )
    .min(1),
});

/** Signed are the address and the parameters, or the address with a hash of the body in it. */
function readTwilio(file: unknown): Vector[] {
  const { auth_token: secret, header, params, cases } = twilioFile.parse(file);
  return cases.map((one) => {
    const fields = Object.entries(one.params ?? params).flatMap(([name, value]) =>
      [value].flat().map((item): [string, string] => [name, item]),
    );
    const type = one.raw_body === undefined ? "application/x-www-form-urlencoded" : "application/json";
    const post = signedPost(one.url, one.raw_body ?? new URLSearchParams(fields).toString(), {
      "content-type": type,
      [header]: one.signature,
    });
    const flipped = flipBit(Buffer.from(one.signature, "base64"), 3).toString("base64");
    const path = one.url.replace(/\/myapp/, "/lyapp");
    const altered: Vector["altered"] = [
      ["signature", withHeader(post, header, flipped)],
      ["url", { ...post, url: path === one.url ? `${path}!` : path }],
      ["body", withBodyFlipped(post)],
    ];
    return { post, secret, receivedAt: new Date(0), altered, refused: [] };
  });
}

const retellFile = z.object({
  api_key: z.string(),
  raw_body: z.string(),
  timestamp_ms: z.number(),
  header: z.string().toLowerCase(),
  signature: z.string(),
  must_reject: z.array(z.string()).default([]),
});

/** Signed are the body and a time, which stands beside the hex digest: `v={ms},d={digest}`. */
function readRetell(file: unknown): Vector[] {
  const { api_key: secret, raw_body: body, timestamp_ms, header, signature, must_reject } = retellFile.parse(file);
  const post = signedPost("https://guichet.example/webhooks/retell", body, {
    "content-type": "application/json",
    [header]: signature,
  });
  const [time, digest] = signature.split(",d=") as [string, string];
  const altered: Vector["altered"] = [
    ["signature", withHeader(post, header, `${time},d=${flipBit(Buffer.from(digest, "hex"), 3).toString("hex")}`)],
    ["time", withHeader(post, header, `v=${timestamp_ms + 1},d=${digest}`)],
    ["body", withBodyFlipped(post)],
  ];
  const refused = must_reject.map((value): [string, RawPost] => [`« ${value} »`, withHeader(post, header, value)]);
  return [{ post, secret, receivedAt: new Date(timestamp_ms), altered, refused }];
}

/** Every vendor has its own file of signatures: what reads it is one small function here. */
const sendgridFile = z.object({
  public_key_der_base64: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** Signed are a time, which is a header, and the raw body. Recorded bodies may have lost their last line break. */
function readSendgrid(file: unknown): Vector[] {
  const { public_key_der_base64: secret, headers, body } = sendgridFile.parse(file);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const url = "https://guichet.example/webhooks/sendgrid";
  const post = signedPost(url, `${body.trimEnd()}\r\n`, { "content-type": "application/json", ...lower });
  const [signature, time] = ["signature", "timestamp"].map((what) => `x-twilio-email-event-webhook-${what}`);
  const flipped = flipBit(Buffer.from(post.headers[signature!] ?? "", "base64"), 40).toString("base64");
  const altered: Vector["altered"] = [
    ["signature", withHeader(post, signature!, flipped)],
    ["timestamp", withHeader(post, time!, `${Number(post.headers[time!]) ^ 1}`)],
    ["body", withBodyFlipped(post)],
  ];
  return [{ post, secret, receivedAt: new Date(0), altered, refused: [] }];
}

const mailgunFile = z.object({
  signing_key: z.string(),
  timestamp: z.string(),
  token: z.string(),
  signature: z.string(),
});

/** Signed are a time and a token, fields of the form. */
function readMailgun(file: unknown): Vector[] {
  const { signing_key: secret, ...fields } = mailgunFile.parse(file);
  const receivedAt = new Date(Number(fields.timestamp) * 1000);
  const post = (changed: Partial<typeof fields>) =>
    signedPost("https://guichet.example/webhooks/mailgun", new URLSearchParams({ ...fields, ...changed }).toString(), {
      "content-type": "application/x-www-form-urlencoded",
    });
  const { signature, token, timestamp } = fields;
  const altered: Vector["altered"] = [
    ["signature", post({ signature: flipBit(Buffer.from(signature, "hex"), 3).toString("hex") })],
    ["token", post({ token: flipBit(Buffer.from(token), 3).toString() })],
    ["timestamp", post({ timestamp: `${Number(timestamp) ^ 1}` })],
  ];
  return [{ post: post({}), secret, receivedAt, altered, refused: [] }];
}

export const vectorReaders: Partial<Record<ProviderName, VectorReader>> = {
  twilio: readTwilio,
  retell: readRetell,
  sendgrid: readSendgrid,
  mailgun: readMailgun,
};

function signedPost(url: string, body: string, headers: Record<string, string>): RawPost {
  return { url, headers, body: new TextEncoder().encode(body) };
}

function withHeader(post: RawPost, name: string, value: string): RawPost {
  return { ...post, headers: { ...post.headers, [name]: value } };
}

function withBodyFlipped(post: RawPost): RawPost {
  return { ...post, body: flipBit(post.body, Math.floor(post.body.length / 2)) };
}

function flipBit(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
