import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "postgres";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { quoteName, setPassword } from "./roles.ts";

/** Where the test files find their server: URLs without a database name, and the template to clone. */
export interface TestServer {
  ownerUrl: string;
  appUrl: string;
  template: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/**
 * Vitest's global set-up: one PostgreSQL for the run and one migrated template database. The server
 * is embedded and thrown away, or the one of `TEST_DATABASE_URL`: the URL of a role that may make
 * databases and roles and needs to be no superuser. There, `guichet_app` gets that URL's password.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const run = `guichet_test_${randomBytes(4).toString("hex")}`;
  const template = `${run}_template`;
  const owner = postgres(server.ownerUrl, { max: 1, onnotice: () => undefined });
  const tearDown = async () => {
    const left = await owner<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${run})`;
    for (const { name } of left) await dropDatabase(owner, name);
    await owner.end();
    await server.close();
  };
  try {
    await owner.unsafe(`create database ${template}`);
    const appUrl = withDatabase(server.appUrl, template);
    await migrate({ ownerUrl: withDatabase(server.ownerUrl, template), appUrl });
    await setPassword(owner, "guichet_app", decodeURIComponent(new URL(appUrl).password));
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide("testServer", { ownerUrl: server.ownerUrl, appUrl: server.appUrl, template });
  return tearDown;
}

/** Somebody else's session, or PostgreSQL's own work in it, may live for a moment more, and is not the owner's to end. */
export async function dropDatabase(admin: Sql, name: string, attempts = 50): Promise<void> {
  try {
    await admin.unsafe(`drop database if exists ${quoteName(name)} with (force)`);
  } catch (error) {
    if (attempts === 0) throw error;
    await wait(100);
    await dropDatabase(admin, name, attempts - 1);
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

async function openServer(): Promise<{ ownerUrl: string; appUrl: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    const app = new URL(given);
    app.username = "guichet_app";
    return { ownerUrl: given, appUrl: app.toString(), close: async () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), "guichet-test-"));
  const database = await startEmbedded({ folder, throwaway: true });
  const close = async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ownerUrl: database.ownerUrl, appUrl: database.appUrl, close };
}
