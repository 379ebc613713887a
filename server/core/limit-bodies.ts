import type { MiddlewareHandler } from "hono";

/**
 * Refuses bodies of more than `most` bytes with 413: by the declared length, which HTTP holds a sender to,
 * or while reading where none is declared. Hono's own middleware cannot rebuild the request that its Node
 * server makes.
 */
export function limitBodies(most: number): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    // What was not read would be taken for the next request.
    const tooLarge = () => c.json({ error: { code: "too_large", reason: "too_large" } }, 413, { connection: "close" });
    if (!raw.headers.has("transfer-encoding")) {
      return Number(raw.headers.get("content-length") ?? 0) > most ? tooLarge() : next();
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of raw.body ?? []) {
      length += chunk.length;
      if (length > most) return tooLarge();
      chunks.push(chunk);
    }
    const { url, method, headers, signal } = raw;
    c.req.raw = new Request(url, { method, headers, signal, body: Buffer.concat(chunks, length) });
    return next();
  };
}
