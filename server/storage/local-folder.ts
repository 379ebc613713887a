import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { newId } from "#server/core/ids.ts";
import { checkedKey, storageAway, type PutOptions, type Storage } from "./storage.ts";

/** Files below `folder`, for this user of the machine only. A file appears whole, by a rename, or not at all. */
export function localFolder(folder: string): Storage {
  const pathOf = (key: string) => join(folder, checkedKey(key));

  async function put(key: string, body: Uint8Array | ReadableStream<Uint8Array>, options: PutOptions = {}) {
    const path = pathOf(key);
    const unfinished = join(folder, `.${newId()}.part`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const source = body instanceof Uint8Array ? [body] : Readable.fromWeb(body as NodeReadableStream);
      // Flushed before the rename: after a power cut the name must not stand for nothing.
      const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
      await pipeline(source, target);
      if (options.bytes !== undefined && target.bytesWritten !== options.bytes) throw new Error("the stream was cut");
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw storageAway(error);
    }
  }

  async function size(key: string): Promise<{ bytes: number } | null> {
    const path = pathOf(key);
    try {
      const found = await stat(path);
      return found.isFile() ? { bytes: found.size } : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageAway(error);
    }
  }

  return {
    put,
    get: async (key, range) => {
      if (!(await size(key))) return null;
      const part = range ? { start: range.from, end: range.to } : {};
      return Readable.toWeb(createReadStream(pathOf(key), part)) as ReadableStream<Uint8Array>;
    },
    stat: size,
    has: async (key) => (await size(key)) !== null,
    remove: async (key) => {
      await rm(pathOf(key), { force: true }).catch((error: unknown) => Promise.reject(storageAway(error)));
    },
  };
}

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
