import { configuredBucket, readSettings } from "#server/core/config.ts";
import type { Storage } from "#server/storage/index.ts";
import { openStorage } from "#server/storage/index.ts";

/** The storage that the environment names, for a command that runs without the program. */
export function environmentStorage(): Storage {
  const settings = readSettings(process.env);
  return openStorage({ storage: configuredBucket(settings), dataFolder: settings.GUICHET_DATA });
}
