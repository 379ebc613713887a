import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestTls } from "node:https";
import { lookUpReachable, refusePrivateHost } from "../core/reach.ts";
import type { MediaOutcome, MediaRef } from "./contract.ts";
import { isBeforeSending, reasonOf, retryAfter, userAgent } from "./call-api.ts";

/** What became of fetching a file over HTTP. `answered` is any other answer than the file; `private` was not asked for. */
export type FileAnswer =
  | { kind: "file"; bytes: Uint8Array; mimeType: string | null; fileName: string | null }
  | { kind: "too_large"; text: string }
  | { kind: "answered"; status: number; retryAfterMs: number | undefined }
  | { kind: "private"; text: string }
  | { kind: "unreachable"; text: string }
  | { kind: "lost"; text: string };

export interface FetchFileOptions {
  /**
   * The provider's own API, asked wherever it lies; any other host must be a public one: addresses come in with posts. null:
   * there is none, a member named the address.
   */
  provider: string | null;
  /** Sent to the first address only: a redirect to another origin gets none of them. */
  headers?: Record<string, string>;
  /** Reading stops beyond it, whatever length was announced. */
  mostBytes: number;
  /** Which addresses a redirect may lead to; any unless said. */
  allows?: (next: URL) => boolean;
  /** Over the whole of it, milliseconds. */
  timeoutMs?: number;
}

const mostRedirects = 3;

/**
 * Fetches a file of a provider. Never throws, holds never more than `mostBytes` and one piece. Redirects
 * are followed to HTTPS only, without the credentials once they leave the first origin.
 */
export async function fetchFile(url: string, options: FetchFileOptions): Promise<FileAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? 60_000);
  try {
    const response = await follow(url, options, signal);
    if (response.statusCode !== 200) {
      response.destroy();
      return {
        kind: "answered",
        status: response.statusCode ?? 0,
        retryAfterMs: retryAfter(response.headers["retry-after"] ?? null),
      };
    }
    return await readFile(response, options.mostBytes);
  } catch (error) {
    const text = reasonOf(error);
    if (text === "EPRIVATE") return { kind: "private", text: "an address of a private network" };
    return isBeforeSending(text) ? { kind: "unreachable", text } : { kind: "lost", text };
  }
}

async function follow(url: string, options: FetchFileOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const { headers = {}, allows = () => true } = options;
  const first = new URL(url);
  const origin = options.provider && new URL(options.provider).origin;
  let at = first;
  for (let step = 0; ; step++) {
    const sent = { ...(at.origin === first.origin ? headers : {}), "user-agent": userAgent };
    const response = await get(at, sent, signal, at.origin === origin);
    const { statusCode: status = 0, headers: answered } = response;
    const location = status >= 300 && status < 400 ? answered.location : undefined;
    if (location === undefined || step === mostRedirects) return response;
    const next = new URL(location, at);
    if (!allows(next)) return response;
    response.destroy();
    if (next.origin !== first.origin && next.protocol !== "https:") throw new Error("redirected away from HTTPS");
    at = next;
  }
}

/** What a file is to a message; what any other answer means, each provider knows. */
export function mediaOutcome(
  answer: FileAnswer,
  media: Pick<MediaRef, "mimeType" | "fileName">,
  answered: (status: number, retryAfterMs: number | undefined) => MediaOutcome,
): MediaOutcome {
  switch (answer.kind) {
    case "file":
      return {
        outcome: "fetched",
        bytes: answer.bytes,
        mimeType: media.mimeType ?? answer.mimeType,
        fileName: media.fileName ?? answer.fileName,
      };
    case "too_large":
      return { outcome: "refused", reason: "too_large", text: answer.text };
    case "private":
      return { outcome: "refused", reason: "not_found", text: answer.text };
    case "answered":
      return answered(answer.status, answer.retryAfterMs);
    default:
      return { outcome: "retry", text: answer.text };
  }
}

/** A try again, not before the provider's own time. */
export function tryAgain(text: string, retryAfterMs: number | undefined): MediaOutcome {
  return { outcome: "retry", text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Node's own client instead of `fetch`: only it lets the address that is connected to be judged. */
function get(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  trusted: boolean,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (!trusted) refusePrivateHost(url);
    const request = url.protocol === "https:" ? requestTls : requestPlain;
    const reaching = trusted ? {} : { lookup: lookUpReachable };
    request(url, { headers, signal, agent: false, ...reaching }, resolve)
      .once("error", reject)
      .end();
  });
}

async function readFile(response: IncomingMessage, mostBytes: number): Promise<FileAnswer> {
  const announced = Number(response.headers["content-length"] ?? 0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  if (announced <= mostBytes) {
    for await (const piece of response as AsyncIterable<Buffer>) {
      length += piece.byteLength;
      if (length > mostBytes) break;
      pieces.push(piece);
    }
  }
  if (announced > mostBytes || length > mostBytes) {
    response.destroy();
    return { kind: "too_large", text: `${Math.max(announced, length)} bytes` };
  }
  return {
    kind: "file",
    bytes: Buffer.concat(pieces, length),
    mimeType: response.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() || null,
    fileName: fileNameOf(response.headers["content-disposition"]),
  };
}

/** `filename*=UTF-8''…` first, as RFC 6266 asks. */
function fileNameOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const encoded = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(header)?.[1];
  const plain = /filename\s*=\s*"([^"]+)"|filename\s*=\s*([^;\s]+)/i.exec(header);
  try {
    return (encoded ? decodeURIComponent(encoded) : (plain?.[1] ?? plain?.[2] ?? null))?.slice(0, 255) ?? null;
  } catch {
    return plain?.[1] ?? null;
  }
}
