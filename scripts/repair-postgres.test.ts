import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { connect as connectTo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Options, Sql } from "postgres";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { repairPostgres } from "./repair-postgres.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "guichet-postgres-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const connect = await repairedDriver();

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

test("a connection that dies while it is made is refused to who asked, and nobody else is left with its failure", async () => {
  const real = new URL(database.appUrl);
  let asked = 0;
  const line = createServer((client) => {
    const server = connectTo(Number(real.port), real.hostname);
    for (const end of [client, server]) {
      end.on("error", () => undefined).on("close", () => [client, server].forEach((other) => other.destroy()));
    }
    client.on("data", (bytes) => {
      // Its first question is for the types of arrays.
      if (bytes.includes("typarray") && ++asked === 1) client.resetAndDestroy();
    });
    client.pipe(server).pipe(client);
  });
  await once(line.listen(0, "127.0.0.1"), "listening");
  const through = new URL(database.appUrl);
  through.port = String((line.address() as AddressInfo).port);
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  onTestFinished(() => void process.off("unhandledRejection", hear));
  const sql = connect(through.href, { max: 1, backoff: false });
  await expect(sql`select 1 as one`).rejects.toThrow("ECONNRESET");
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  expect(asked).toBe(2);
  expect(unheard).toEqual([]);
  await sql.end({ timeout: 1 });
  line.close();
});

test("a connection that dies while it is held is refused to its holder and made anew for the next", async () => {
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
