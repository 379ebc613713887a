import type { Context } from "hono";
import { currentStorage } from "#server/storage/index.ts";
import { byteRange } from "./byte-range.ts";

export interface ServedFile {
  storageKey: string;
  fileName: string | null;
  mimeType: string;
  bytes: number;
  sha256: string;
  /** A browser may show it in place; anything else is downloaded. */
  isShown: boolean;
}

/**
 * Answers with a file that a stranger sent. Whatever is in it, it runs nothing: its own type without
 * guessing, a sandbox without sources, and a download unless it is of a type that is safe to show.
 */
export async function sendFile(c: Context, file: ServedFile): Promise<Response> {
  const etag = `"${file.sha256}"`;
  const headers: Record<string, string> = {
    "content-type": file.isShown ? file.mimeType : "application/octet-stream",
    "content-disposition": disposition(file.isShown && c.req.query("download") === undefined, file.fileName),
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=86400, immutable",
    "accept-ranges": "bytes",
    etag,
  };
  if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304, headers);
  const conditional = c.req.header("if-range");
  const range = conditional && conditional !== etag ? "whole" : byteRange(c.req.header("range"), file.bytes);
  if (range === "beyond") return c.body(null, 416, { ...headers, "content-range": `bytes */${file.bytes}` });
  const part = range === "whole" ? undefined : range;
  const isHead = c.req.method === "HEAD";
  const stream = isHead ? null : await currentStorage().get(file.storageKey, part);
  if (!isHead && !stream) return c.json({ error: { code: "not_found", reason: "not_found" } }, 404);
  headers["content-length"] = String(part ? part.to - part.from + 1 : file.bytes);
  if (part) headers["content-range"] = `bytes ${part.from}-${part.to}/${file.bytes}`;
  return new Response(stream as BodyInit | null, { status: part ? 206 : 200, headers });
}

/** RFC 6266: the name in plain letters for old readers, and as it is. */
function disposition(inline: boolean, fileName: string | null): string {
  const way = inline ? "inline" : "attachment";
  if (!fileName) return way;
  const plain = fileName
    .normalize("NFKD")
    .replaceAll(/[^ -~]/g, "")
    .replaceAll(/["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${way}; filename="${plain || "file"}"; filename*=UTF-8''${encoded}`;
}
