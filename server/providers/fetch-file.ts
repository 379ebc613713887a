import { isBeforeSending, reasonOf, retryAfter, userAgent } from "./call-api.ts";

/** What became of fetching a file over HTTP. `answered` is any other answer than the file. */
export type FileAnswer =
  | { kind: "file"; bytes: Uint8Array; mimeType: string | null; fileName: string | null }
  | { kind: "too_large"; text: string }
  | { kind: "answered"; status: number; retryAfterMs: number | undefined }
  | { kind: "unreachable"; text: string }
  | { kind: "lost"; text: string };

export interface FetchFileOptions {
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
    if (response.status !== 200) {
      await response.body?.cancel();
      return {
        kind: "answered",
        status: response.status,
        retryAfterMs: retryAfter(response.headers.get("retry-after")),
      };
    }
    return await readFile(response, options.mostBytes);
  } catch (error) {
    const text = reasonOf(error);
    return isBeforeSending(text) ? { kind: "unreachable", text } : { kind: "lost", text };
  }
}

async function follow(url: string, options: FetchFileOptions, signal: AbortSignal): Promise<Response> {
  const { headers = {}, allows = () => true } = options;
  const first = new URL(url);
  let at = first;
  for (let step = 0; ; step++) {
    const response = await fetch(at, {
      headers: { ...(at.origin === first.origin ? headers : {}), "user-agent": userAgent },
      signal,
      redirect: "manual",
    });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (location === null || step === mostRedirects) return response;
    const next = new URL(location, at);
    if (!allows(next)) return response;
    await response.body?.cancel();
    if (next.origin !== first.origin && next.protocol !== "https:") throw new Error("redirected away from HTTPS");
    at = next;
  }
}

async function readFile(response: Response, mostBytes: number): Promise<FileAnswer> {
  const announced = Number(response.headers.get("content-length") ?? 0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  if (announced <= mostBytes) {
    for await (const piece of response.body ?? []) {
      length += piece.byteLength;
      if (length > mostBytes) break;
      pieces.push(piece);
    }
  }
  if (announced > mostBytes || length > mostBytes) {
    await response.body?.cancel().catch(() => undefined);
    return { kind: "too_large", text: `${Math.max(announced, length)} bytes` };
  }
  return {
    kind: "file",
    bytes: Buffer.concat(pieces, length),
    mimeType: response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() || null,
    fileName: fileNameOf(response.headers.get("content-disposition")),
  };
}

/** `filename*=UTF-8''…` first, as RFC 6266 asks. */
function fileNameOf(header: string | null): string | null {
  if (header === null) return null;
  const encoded = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(header)?.[1];
  const plain = /filename\s*=\s*"([^"]+)"|filename\s*=\s*([^;\s]+)/i.exec(header);
  try {
    return (encoded ? decodeURIComponent(encoded) : (plain?.[1] ?? plain?.[2] ?? null))?.slice(0, 255) ?? null;
  } catch {
    return plain?.[1] ?? null;
  }
}
