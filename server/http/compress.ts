import { Readable } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";

const compressible =
  /^(text\/(?!event-stream)|application\/(json|javascript|manifest\+json|openapi\+json|xml)|image\/svg)/;
const smallest = 1_024;

/** Compresses text answers as they stream: each piece that the page flushes leaves at once. */
export const compress: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers, body, status } = c.res;
  const type = headers.get("content-type") ?? "";
  const length = headers.get("content-length");
  if (!body || status === 204 || status === 304 || headers.has("content-encoding") || !compressible.test(type)) return;
  headers.append("vary", "Accept-Encoding");
  const encoding = preferredEncoding(c.req.header("accept-encoding"));
  if (!encoding || (length !== null && Number(length) < smallest) || c.req.method === "HEAD") return;
  const packer =
    encoding === "br"
      ? createBrotliCompress({
          flush: constants.BROTLI_OPERATION_FLUSH,
          params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
        })
      : createGzip({ flush: constants.Z_SYNC_FLUSH, level: 5 });
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  source.once("error", (error) => packer.destroy(error));
  packer.once("close", () => source.destroy());
  c.res = new Response(Readable.toWeb(source.pipe(packer)) as ReadableStream, c.res);
  c.res.headers.set("content-encoding", encoding);
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
