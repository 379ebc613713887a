import { join } from "node:path";
import type { Sql } from "postgres";
import { listenForChannelChanges } from "#db/channel-notices.ts";
import { connect } from "#db/client.ts";
import { pendingMigrations } from "#db/journal.ts";
import { startLive } from "#db/live.ts";
import { refuseTooManyRights } from "#db/rights.ts";
import { useAppPool } from "#db/tenant.ts";
import { issueSetupToken, readViewer, useAuthPool } from "#server/auth/index.ts";
import type { Config } from "#server/core/config.ts";
import { useConfig } from "#server/core/config.ts";
import { disconnectMembers } from "#server/domains/presence/index.ts";
import { createApp } from "./http/app.ts";
import type { Check } from "./http/health.ts";
import type { Before } from "./http/listen.ts";
import { listen } from "./http/listen.ts";
import type { PageSource } from "./http/pages.ts";
import { builtPages } from "./http/pages.ts";
import { openStorage, useStorage } from "./storage/index.ts";
import { jobs, periodic, startDraining } from "./jobs/registry.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import { startMailboxes } from "./mailboxes/start-mailboxes.ts";
import { answerWebhook, isWebhook, stopIntake } from "./webhooks/index.ts";
import { createSimulator, useSimulator } from "./simulator/simulator.ts";

export interface StartOptions {
  config: Config;
  /** Pages from Vite in development; the bundle's own otherwise. */
  pages?: PageSource;
  /** The built client files; `build/client` by default. */
  clientFolder?: string;
  before?: Before;
}

export interface Running {
  url: string;
  /** Where the first account is made, with its one-time token, while there is none. */
  setupUrl: string | null;
  /** Drains requests and jobs, then closes every connection. Safe to call twice. */
  stop(): Promise<void>;
}

/** The composition root: config → database → http → workers. Undoes what it began when a step fails. */
export async function start({ config, pages = builtPages, clientFolder, before }: StartOptions): Promise<Running> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= undoAll(undo));
  try {
    useConfig(config);
    undo.push(async () => useConfig(undefined));
    useStorage(openStorage(config));
    undo.push(async () => useStorage(undefined));
    const app = await openDatabase(config, undo);

    const checks: Record<string, Check> = {
      database: async () => ((await app`select 1`).length === 1 ? null : "no answer"),
      migrations: async () => {
        const pending = await pendingMigrations(app);
        return pending.length === 0 ? null : `not applied: ${pending.join(", ")}`;
      },
    };
    const drain = startDraining();
    undo.push(drain.stop, stopIntake, disconnectMembers);
    const simulator = config.simulator && config.web ? createSimulator() : undefined;
    useSimulator(simulator);
    undo.push(async () => {
      simulator?.stop();
      useSimulator(undefined);
    });
    const web = createApp({
      config,
      checks,
      readViewer,
      pages,
      clientFolder: clientFolder ?? join("build", "client"),
      simulatorApi: simulator?.api,
    });
    const listening = await listen(web, config.port, config.host, config.web ? intakeFirst(before) : before);
    undo.push(() => listening.close());
    const url = config.publicUrl ?? `http://localhost:${listening.port}`;
    useConfig({ ...config, publicUrl: url });
    // Sends may be under way before anybody looks at the page: the stand-ins must know their numbers.
    await simulator?.lines();

    if (config.worker) {
      const running = await startJobs({ directUrl: config.database.directUrl, jobs, periodic });
      undo.push(() => running.stop());
      checks.jobs = () => running.check();
      undo.push(startMailboxes().stop);
    }
    return { url, setupUrl: await setupUrl(app, url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Intake reads the socket itself: at thousands of posts a second every layer in front of it counts. */
function intakeFirst(before?: Before): Before {
  return (request, response, next) => {
    if (isWebhook(request)) void answerWebhook(request, response);
    else if (before) before(request, response, next);
    else next();
  };
}

async function openDatabase(config: Config, undo: (() => Promise<unknown>)[]): Promise<Sql> {
  const { url, directUrl, prepare, pool } = config.database;
  const app = connect({ url, max: pool, prepare });
  undo.push(() => app.end({ timeout: 5 }));
  await refuseTooManyRights(app);
  useAppPool(app);
  undo.push(async () => useAppPool(undefined));

  const auth = connect({ url, max: 4, prepare, role: "guichet_auth" });
  undo.push(() => auth.end({ timeout: 5 }));
  useAuthPool(auth, { secureCookies: config.publicUrl?.startsWith("https:") ?? false });
  undo.push(async () => useAuthPool(undefined));

  const direct = connect({ url: directUrl, max: 1 });
  undo.push(() => direct.end({ timeout: 1 }));
  undo.push(await startLive(direct, app));
  undo.push(await listenForChannelChanges(direct));
  return app;
}

async function setupUrl(app: Sql, url: string): Promise<string | null> {
  const [row] = await app<{ empty: boolean }[]>`select door.has_no_tenant() as empty`;
  return row?.empty ? `${url}/setup?token=${await issueSetupToken()}` : null;
}

async function undoAll(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.toReversed()) await step().catch(() => undefined);
}
