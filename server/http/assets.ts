import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { MiddlewareHandler } from "hono";
import { preferredEncoding } from "./compress.ts";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webp": "image/webp",
  ".jpg": "image/jpeg",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".map": "application/json",
};

interface Asset {
  type: string;
  bytes: Buffer<ArrayBuffer>;
  modified: string;
  cache: string;
  packed: Partial<Record<"br" | "gzip", Buffer<ArrayBuffer>>>;
}

/**
 * Serves the built client files. They are read once at start (about a megabyte in all), so that no request
 * can name another file and a build beneath a running program takes nothing away from it; `/assets/` carries content hashes and is kept for a year. Packed copies are made by the build.
 */
export function assets(folder: string): MiddlewareHandler {
  const known = existsSync(folder) ? readAssets(folder) : new Map<string, Asset>();
  return async (c, next) => {
    const asset = c.req.method === "GET" || c.req.method === "HEAD" ? known.get(c.req.path) : undefined;
    if (!asset) return next();
    if (c.req.header("if-modified-since") === asset.modified)
      return c.body(null, 304, { "cache-control": asset.cache });
    const encoding = preferredEncoding(c.req.header("accept-encoding"));
    const packed = encoding ? asset.packed[encoding] : undefined;
    const chosen = packed ?? asset.bytes;
    const headers = {
      "content-type": asset.type,
      "content-length": String(chosen.length),
      "cache-control": asset.cache,
      "last-modified": asset.modified,
      vary: "Accept-Encoding",
      ...(packed && encoding ? { "content-encoding": encoding } : {}),
    };
    return new Response(c.req.method === "HEAD" ? null : chosen, { headers });
  };
}

function readAssets(folder: string): Map<string, Asset> {
  const known = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const url = `/${relative(folder, path).split(sep).join("/")}`;
    known.set(url, {
      type: types[extname(entry.name)] ?? "application/octet-stream",
      bytes: readFileSync(path),
      modified: statSync(path).mtime.toUTCString(),
      cache: url.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      packed: { ...packedCopy(path, "br", ".br"), ...packedCopy(path, "gzip", ".gz") },
    });
  }
  return known;
}

function packedCopy(path: string, encoding: "br" | "gzip", suffix: string): Asset["packed"] {
  const packed = path + suffix;
  return existsSync(packed) ? { [encoding]: readFileSync(packed) } : {};
}
