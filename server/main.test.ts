import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { testDatabase } from "#db/testing.ts";
import { configFrom, readSettings } from "./core/config.ts";
import type { Running } from "./main.ts";
import { start } from "./main.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "guichet-main-"));
const pages = { build: () => Promise.reject(new Error("no pages in this test")), development: false };
let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configOf = (appUrl: string, env: Record<string, string> = {}) =>
  configFrom(
    readSettings({
      DATABASE_URL: appUrl,
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
      PORT: "0",
      HOST: "127.0.0.1",
      ...env,
    }),
  );

async function open(env: Record<string, string> = {}): Promise<string> {
  running = await start({ config: configOf(database.appUrl, env), pages, clientFolder: folder });
  return running.url;
}

test("health says that the process is up, readiness that it can work", async () => {
  const url = await open();
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok" });
  const ready = await fetch(`${url}/readyz`);
  expect(await ready.json()).toEqual({ status: "ready", checks: { database: "ok", migrations: "ok", jobs: "ok" } });
  const [gone] = await database.owner<{ name: string }[]>`
    delete from guichet.migrations where name = (select max(name) from guichet.migrations) returning name`;
  const behind = await fetch(`${url}/readyz`);
  expect(behind.status).toBe(503);
  expect(await behind.json()).toMatchObject({ checks: { migrations: expect.stringContaining("not applied: ") } });
  await database.owner`insert into guichet.migrations (name) values (${gone?.name ?? ""})`;
});

test("a worker answers health and nothing else; a web process works on no jobs", async () => {
  const worker = await open({ ROLE: "worker" });
  expect((await fetch(`${worker}/readyz`)).status).toBe(200);
  expect((await fetch(`${worker}/sign-in`)).status).toBe(404);
  await running?.stop();
  const web = await open({ ROLE: "web" });
  expect(await (await fetch(`${web}/readyz`)).json()).toEqual({
    status: "ready",
    checks: { database: "ok", migrations: "ok" },
  });
});

test("client files are served packed and kept, and no name leads outside their folder", async () => {
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "assets", "app-abc.js"), "console.log(1)");
  writeFileSync(join(folder, "assets", "app-abc.js.gz"), "packed");
  const url = await open();
  const packed = await fetch(`${url}/assets/app-abc.js`, { headers: { "accept-encoding": "gzip" }, method: "HEAD" });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(packed.headers.get("cache-control")).toContain("immutable");
  expect(packed.headers.get("x-content-type-options")).toBe("nosniff");
  const plain = await fetch(`${url}/assets/app-abc.js`, { headers: { "accept-encoding": "identity" } });
  expect(await plain.text()).toBe("console.log(1)");
  expect((await fetch(`${url}/assets/..%2f..%2fpackage.json`)).status).not.toBe(200);
  expect((await fetch(`${url}/assets/app-abc.js.gz`)).status).not.toBe(200);
});

test("a change that another site asks for is refused", async () => {
  const url = await open();
  const post = (headers: Record<string, string>) => fetch(`${url}/trpc/nothing`, { method: "POST", headers });
  expect((await post({ origin: "https://elsewhere.example" })).status).toBe(403);
  expect((await post({ cookie: "guichet_session=x" })).status).toBe(403);
  expect((await post({ cookie: "guichet_session=x", "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ origin: url })).status).not.toBe(403);
});

test("a role with too many rights does not serve", async () => {
  await expect(start({ config: configOf(database.ownerUrl), pages })).rejects.toThrow(
    /^DATABASE_URL signs in as guichet_owner, which owns tables/,
  );
});

test("a busy port is said in one line, and what was begun is undone", async () => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
  const { port } = other.address() as { port: number };
  await expect(open({ PORT: String(port) })).rejects.toThrow(`port ${port} is in use`);
  await new Promise((closed) => other.close(closed));
});

test("the database goes away and comes back: said plainly, and nothing has to be restarted", async () => {
  const own = await startEmbedded({ folder: join(folder, ".data"), throwaway: true });
  try {
    await migrate(own);
    running = await start({ config: configOf(own.appUrl), pages, clientFolder: folder });
    const { url } = running;
    await own.stop();
    const ready = async () => (await fetch(`${url}/readyz`)).status;
    await expect.poll(ready).toBe(503);
    const page = await fetch(url, {
      headers: { accept: "text/html", cookie: `auth_session=${"x".repeat(40)}; guichet_session=${"x".repeat(40)}` },
    });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain("La base de données ne répond pas");
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const again = await startEmbedded({ folder: join(folder, ".data"), throwaway: true, port: own.port });
    await expect.poll(ready).toBe(200);
    await running.stop();
    await again.stop();
  } finally {
    await own.stop();
  }
});
