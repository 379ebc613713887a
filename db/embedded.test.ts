import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, expect, test } from "vitest";
import { backUpFolder, restoreFolder } from "./backup.ts";
import type { EmbeddedDatabase } from "./embedded.ts";
import { startEmbedded } from "./embedded.ts";
import { folderHolder, lockFolder } from "./folder-lock.ts";
import { isAlive, readPostmaster } from "./postmaster.ts";

// As a person's folder may be: closed to everybody else, the `postgres` user too.
const root = mkdtempSync(join(tmpdir(), "guichet-embedded-"));
chmodSync(root, 0o700);
const folder = join(root, ".data");
const running: EmbeddedDatabase[] = [];
const open = async (where = folder) => {
  const database = await startEmbedded({ folder: where });
  running.push(database);
  return database;
};
afterEach(async () => {
  for (const database of running.splice(0)) await database.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("what the first start makes is private, and the data is there at the second", async () => {
  const first = await open();
  expect(first.startedHere).toBe(true);
  for (const name of ["passwords.json", "encryption.key", "postgres.log"])
    expect(modeOf(join(folder, name))).toBe("600");
  expect(modeOf(join(folder, "postgres"))).toBe("700");
  await query(first.ownerUrl, "create table kept as select 42 as number");
  await first.stop();
  const second = await open();
  expect(second.encryptionKey).toBe(first.encryptionKey);
  expect(await query(second.ownerUrl, "select number from kept")).toEqual([{ number: 42 }]);
});

test("the owner is no superuser, and a wrong password is refused", async () => {
  const { ownerUrl, superUrl } = await open();
  const [owner] = await query(ownerUrl, "select rolsuper, rolbypassrls from pg_roles where rolname = current_user");
  expect(owner).toEqual({ rolsuper: false, rolbypassrls: false });
  await expect(query(superUrl.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toThrow(
    "password authentication failed",
  );
});

test("a server that a killed program left behind is taken over", async () => {
  const left = await open();
  const taken = await open();
  expect(taken).toMatchObject({ startedHere: false, port: left.port });
});

test("a killed server is started again on the same port, and pools recover", async () => {
  const database = await open();
  const sql = postgres(
    database.appUrl.replace("guichet_app", "postgres").replace(/:[^:@]+@/, `:${passwordOf("superuser")}@`),
    { max: 2 },
  );
  database.supervise(() => undefined);
  const { pid } = readPostmaster(join(folder, "postgres"))!;
  await sql`select 1`;
  process.kill(pid, "SIGKILL");
  // Its backends outlive a killed postmaster for a moment, and answer: the new one is told by its pid.
  await expect.poll(() => readPostmaster(join(folder, "postgres"))?.pid ?? pid).not.toBe(pid);
  await expect.poll(async () => [...(await sql`select 1 as one`)]).toEqual([{ one: 1 }]);
  await sql.end();
});

test("a data directory that is not ours, or of another version, is refused in one sentence", async () => {
  const marker = join(folder, "postgres", "guichet.json");
  const version = join(folder, "postgres", "PG_VERSION");
  const [markerText, versionText] = [readFileSync(marker, "utf8"), readFileSync(version, "utf8")];
  rmSync(marker);
  await expect(startEmbedded({ folder })).rejects.toThrow("was not made by Guichet");
  writeFileSync(marker, markerText);
  writeFileSync(version, "14\n");
  await expect(startEmbedded({ folder })).rejects.toThrow("is of PostgreSQL 14 and this Guichet brings PostgreSQL 18");
  writeFileSync(version, versionText);
});

test("a backup is a cold copy with its keys and files, restored as it was", async () => {
  const unlock = lockFolder(folder);
  expect(folderHolder(folder)).toBeNull();
  unlock();
  const copy = join(root, "copy");
  const file = join(folder, "files", "shop", "picture");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "as it came");
  await backUpFolder(folder, copy);
  await query((await open()).ownerUrl, "update kept set number = 7");
  writeFileSync(file, "another");
  await running[0]!.stop();
  await expect(restoreFolder(copy, folder, false)).rejects.toThrow("with --yes it is moved aside first");
  await restoreFolder(copy, folder, true);
  expect(await query((await open()).ownerUrl, "select number from kept")).toEqual([{ number: 42 }]);
  expect(readFileSync(file, "utf8")).toBe("as it came");
});

test("the folder of another running program is refused; the mark of an ended one is not", () => {
  const other = join(root, "other");
  const unlock = lockFolder(other);
  writeFileSync(join(other, "program.pid"), `1\nanother start\n`);
  expect(folderHolder(other)).toBeNull();
  expect(isAlive(process.pid)).toBe(true);
  unlock();
});

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function passwordOf(role: "superuser"): string {
  return (JSON.parse(readFileSync(join(folder, "passwords.json"), "utf8")) as Record<string, string>)[role] ?? "";
}
