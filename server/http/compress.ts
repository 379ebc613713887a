import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";

const packers = {
  br: (bytes: ArrayBuffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
      },
    }),
  gzip: (bytes: ArrayBuffer) => promisify(gzip)(bytes, { level: 5 }),
};
const compressible =
  /^(text\/(?!event-stream)|application\/(json|javascript|manifest\+json|openapi\+json|xml)|image\/svg)/;
const smallest = 1_024;

/**
 * Compresses text answers whole. Pages are rendered whole and procedures answer whole: one call in
 * zlib's own threads costs half of what a stream of small pieces does. Event streams pass untouched.
 */
export const compress: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers, body, status } = c.res;
  const type = headers.get("content-type") ?? "";
  if (!body || status === 204 || status === 304 || headers.has("content-encoding") || !compressible.test(type)) return;
  headers.append("vary", "Accept-Encoding");
  const encoding = preferredEncoding(c.req.header("accept-encoding"));
  if (!encoding || c.req.method === "HEAD") return;
  const bytes = await c.res.arrayBuffer();
  const small = bytes.byteLength < smallest;
  c.res = new Response(small ? bytes : new Uint8Array(await packers[encoding](bytes)), { status, headers });
  if (!small) c.res.headers.set("content-encoding", encoding);
  c.res.headers.delete("content-length");
};

/** Brotli where the browser takes it, else gzip, else null. */
export function preferredEncoding(accepted: string | undefined): "br" | "gzip" | null {
  const names = (accepted ?? "")
    .split(",")
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(";")[0]?.trim());
  if (names.includes("br")) return "br";
  return names.includes("gzip") ? "gzip" : null;
}
