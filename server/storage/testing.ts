import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Settings } from "./s3-bucket.ts";

const keys = { accessKeyId: "AKIDGUICHETTEST", secretAccessKey: "a-secret-of-the-test-bucket" };
const region = "eu-west-3";
const bucket = "files";

/** A bucket over HTTP that checks every signature (SigV4) by its own reckoning. */
export async function openTestBucket(): Promise<{ settings: S3Settings; keys(): string[]; close(): void }> {
  const held = new Map<string, { type: string; bytes: Buffer }>();
  const server = createServer((request, response) => {
    // A request that was cut has nobody to answer.
    answer(request, response, held).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { url: `http://127.0.0.1:${port}/${bucket}`, region, ...keys },
    keys: () => [...held.keys()],
    close: () => void server.close(),
  };
}

type Held = Map<string, { type: string; bytes: Buffer }>;

async function answer(request: IncomingMessage, response: ServerResponse, held: Held): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!isSigned(request, body)) return end(response, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
  const [, named, ...rest] = (request.url ?? "").split("/");
  const key = rest.join("/");
  if (named !== bucket) return end(response, 404, "<Error><Code>NoSuchBucket</Code></Error>");
  const found = held.get(key);
  if (request.method === "PUT") {
    if (request.headers["content-length"] === undefined) return end(response, 411, "<Error/>");
    held.set(key, { type: request.headers["content-type"] ?? "", bytes: body });
    return end(response, 200);
  }
  if (request.method === "DELETE") {
    held.delete(key);
    return end(response, 204);
  }
  if (!found) return end(response, 404, "<Error><Code>NoSuchKey</Code></Error>");
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  const part = range ? found.bytes.subarray(Number(range[1]), Number(range[2]) + 1) : found.bytes;
  response.writeHead(range ? 206 : 200, { "content-type": found.type, "content-length": part.length });
  response.end(request.method === "HEAD" ? undefined : part);
}

function end(response: ServerResponse, status: number, body = ""): void {
  response.writeHead(status).end(body);
}

/** AWS Signature Version 4, as its documentation describes the canonical request. */
function isSigned({ method, url, headers }: IncomingMessage, body: Buffer): boolean {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  if (!parts) return false;
  const [, keyId, day = "", where = "", signedHeaders = "", signature = ""] = parts;
  const hash = String(headers["x-amz-content-sha256"]);
  if (hash !== "UNSIGNED-PAYLOAD" && hash !== sha256(body)) return false;
  const names = signedHeaders.split(";");
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.includes(name))) return false;
  const lines = names.map((name) => `${name}:${String(headers[name]).trim()}\n`).join("");
  const [path = "", query = ""] = (url ?? "").split("?");
  const canonical = [method, path, query, lines, signedHeaders, hash].join("\n");
  const at = String(headers["x-amz-date"]);
  const text = ["AWS4-HMAC-SHA256", at, `${day}/${where}/s3/aws4_request`, sha256(canonical)].join("\n");
  const key = ["aws4_request", "s3", where, day]
    .toReversed()
    .reduce<Buffer>((with_, word) => hmac(with_, word), Buffer.from(`AWS4${keys.secretAccessKey}`));
  const fresh =
    Math.abs(Date.now() - Date.parse(at.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"))) < 300_000;
  return (
    keyId === keys.accessKeyId &&
    where === region &&
    at.startsWith(day) &&
    fresh &&
    timingSafeEqual(hmac(key, text), Buffer.from(signature, "hex"))
  );
}

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
