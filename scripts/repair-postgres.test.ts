import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Options, Sql } from "postgres";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { repairPostgres } from "./repair-postgres.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "guichet-postgres-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The driver as the bundle has it. */
async function repairedDriver(): Promise<(url: string, options: Options<never>) => Sql> {
  cpSync(resolve("node_modules/postgres/src"), folder, { recursive: true, dereference: true });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  for (const file of ["connection.js", "index.js"]) {
    writeFileSync(join(folder, file), repairPostgres(file, readFileSync(join(folder, file), "utf8")));
  }
  const loaded = (await import(pathToFileURL(join(folder, "index.js")).href)) as {
    default: (url: string, options: Options<never>) => Sql;
  };
  return loaded.default;
}

test("a connection that dies while it is held is refused to its holder and made anew for the next", async () => {
  const connect = await repairedDriver();
  const sql = connect(database.appUrl, { max: 1, backoff: false });
  for (let round = 0; round < 3; round++) {
    const held = await sql.reserve();
    const [own] = await held`select pg_backend_pid() as pid`;
    const waiting = [held`select pg_sleep(30)`, held`select 1`].map((query) => query.catch((error: Error) => error));
    await database.app`select pg_terminate_backend(${own?.pid as number})`;
    expect((await Promise.all(waiting)).every((answer) => answer instanceof Error)).toBe(true);
    await expect(held`select 1`).rejects.toThrow("CONNECTION_CLOSED");
    await expect(held.unsafe("rollback")).rejects.toThrow("CONNECTION_CLOSED");
    const next = sql`select pg_backend_pid() as pid`;
    await expect(held`select 1`).rejects.toThrow("CONNECTION_CLOSED");
    held.release();
    const [row] = await next;
    expect(row?.pid).not.toBe(own?.pid);
  }
  await sql.end({ timeout: 1 });
});
