import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { lockFolder } from "#db/folder-lock.ts";
import { migrate } from "#db/migrate.ts";
import { lastMigration, rollBack } from "#db/rollback.ts";
import { openStorage } from "#server/storage/index.ts";
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
  const { ownerUrl, url, embedded } = config.database;
  if (!ownerUrl) return;
  const unfinished = join(config.dataFolder, "demo-unfinished");
  if (embedded && existsSync(unfinished)) await rollBackAll(ownerUrl);
  const { applied } = await migrate({ ownerUrl, appUrl: url });
  if (applied.length > 0) said(`database: applied ${applied.join(", ")}`);
  if (!config.demo || !(await isEmpty(url))) return;
  // An interrupted start must not leave half a demo: the next one begins again.
  if (embedded) writeFileSync(unfinished, "");
  if (await seedDemo(config)) said("database: demo tenants made");
  rmSync(unfinished, { force: true });
}

/** Nobody has worked in this database yet: the program has never served it. */
async function rollBackAll(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    for (let last = await lastMigration(sql); last; last = await lastMigration(sql)) await rollBack(sql, last);
  } finally {
    await sql.end();
  }
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

async function seedDemo(config: Config): Promise<boolean> {
  const { ownerUrl, url } = config.database;
  if (!ownerUrl) return false;
  const seed = await import("#db/seed/index.ts");
  const current = config.keyRing.keys.get(config.keyRing.current);
  return seed.seedDemo({
    ownerUrl,
    appUrl: url,
    encryptionKey: `${config.keyRing.current}:${current?.toString("base64")}`,
    storage: openStorage(config),
  });
}
