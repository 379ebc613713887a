import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { writeWhole } from "#server/core/write-whole.ts";
import { checkedKey, storageAway, type PutOptions, type Storage } from "./storage.ts";

/** Files below `folder`, for this user of the machine only. */
export function localFolder(folder: string): Storage {
  const pathOf = (key: string) => join(folder, checkedKey(key));

  async function put(key: string, body: Uint8Array | ReadableStream<Uint8Array>, options: PutOptions = {}) {
    const path = pathOf(key);
    await writeWhole(path, body, { ...options, unfinishedIn: folder }).catch((error: unknown) => {
      throw storageAway(error);
    });
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
