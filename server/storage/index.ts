import { join } from "node:path";
import type { Config } from "#server/core/config.ts";
import { localFolder } from "./local-folder.ts";
import { s3Bucket } from "./s3-bucket.ts";
import type { Storage } from "./storage.ts";

export { storageKey, type ByteRange, type Storage } from "./storage.ts";

// Vite reloads modules in development; the storage must outlive them.
const running = ((globalThis as { guichetStorage?: { storage?: Storage } }).guichetStorage ??= {});

/** The storage that the configuration names: a bucket, or the folder `files` beside the other data. */
export function openStorage({ storage, dataFolder }: Pick<Config, "storage" | "dataFolder">): Storage {
  return storage ? s3Bucket(storage) : localFolder(join(dataFolder, "files"));
}

/** Names the storage of this process. Called once by the composition root, and by tests. */
export function useStorage(storage: Storage | undefined): void {
  if (storage) running.storage = storage;
  else delete running.storage;
}

export function currentStorage(): Storage {
  if (!running.storage) throw new Error("the storage is not open");
  return running.storage;
}
