import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { lockFolder } from "#db/folder-lock.ts";
import { migrate } from "#db/migrate.ts";
import type { Config, EmbeddedSettings, Settings } from "#server/core/config.ts";

export interface OpenDatabase {
  embedded: EmbeddedSettings | undefined;
  close(): Promise<void>;
}

/** Starts the embedded database and keeps it alive, unless the environment names a server. */
export async function openDatabase(settings: Settings, said: (sentence: string) => void): Promise<OpenDatabase> {
  if (settings.DATABASE_URL) return { embedded: undefined, close: async () => undefined };
  const folder = resolve(settings.GUICHET_DATA);
  const unlock = lockFolder(folder);
  try {
    const database = await startEmbedded({ folder });
    database.supervise(said);
    const close = async () => {
      await database.stop();
      unlock();
    };
    return { embedded: database, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Migrates where the owner's URL is known, then fills an empty database with the demo where that is wanted. */
export async function prepareDatabase(config: Config, said: (sentence: string) => void): Promise<void> {
  const { ownerUrl, url } = config.database;
  if (!ownerUrl) return;
  const { applied } = await migrate({ ownerUrl, appUrl: url });
  if (applied.length > 0) said(`database: applied ${applied.join(", ")}`);
  if (config.demo && (await isEmpty(url)) && (await seedDemo(config))) said("database: demo tenants made");
}

/** True while no tenant exists: the first start. */
export async function isEmpty(appUrl: string): Promise<boolean> {
  const sql = connect({ url: appUrl, max: 1 });
  try {
    const [row] = await sql<{ empty: boolean }[]>`select door.has_no_tenant() as empty`;
    return row?.empty ?? false;
  } finally {
    await sql.end();
  }
}

export interface SeedModule {
  /** Fills an empty database with the demo's tenants. */
  seedDemo(options: { ownerUrl: string; appUrl: string; encryptionKey: string }): Promise<void>;
  demoSignIns: readonly { email: string; password: string; note: string }[];
}

/** The demo data, loaded only where it is wanted. */
export async function seedModule(): Promise<SeedModule | null> {
  const path = resolve("db/seed/index.ts");
  if (!existsSync(path)) return null;
  const loaded: SeedModule = await import(pathToFileURL(path).href);
  return loaded;
}

async function seedDemo(config: Config): Promise<boolean> {
  const seed = await seedModule();
  const { ownerUrl, url } = config.database;
  if (!seed || !ownerUrl) return false;
  const current = config.keyRing.keys.get(config.keyRing.current);
  await seed.seedDemo({
    ownerUrl,
    appUrl: url,
    encryptionKey: `${config.keyRing.current}:${current?.toString("base64")}`,
  });
  return true;
}
