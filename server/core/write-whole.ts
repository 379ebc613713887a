import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { newId } from "./ids.ts";

export interface WriteWholeOptions {
  /** Where the file grows, hidden; beside `path` unless told. On the same disk. */
  unfinishedIn?: string;
  /** How many bytes there must be: fewer are no file. */
  bytes?: number;
}

/** Writes a file for this user of the machine only. It appears whole, by a rename, or not at all. Folders are made. */
export async function writeWhole(
  path: string,
  body: Uint8Array | ReadableStream<Uint8Array>,
  { unfinishedIn = dirname(path), bytes }: WriteWholeOptions = {},
): Promise<void> {
  const unfinished = join(unfinishedIn, `.${newId()}.part`);
  try {
    for (const folder of [unfinishedIn, dirname(path)]) await mkdir(folder, { recursive: true, mode: 0o700 });
    const source = body instanceof Uint8Array ? [body] : Readable.fromWeb(body as NodeReadableStream);
    // Flushed before the rename: after a power cut the name must not stand for nothing.
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
    await pipeline(source, target);
    if (bytes !== undefined && target.bytesWritten !== bytes) throw new Error("the stream was cut");
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
