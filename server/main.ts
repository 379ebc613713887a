import { join } from "node:path";
import { connect } from "#db/client.ts";
import { pendingMigrations } from "#db/journal.ts";
import { startLive } from "#db/live.ts";
import { refuseTooManyRights } from "#db/rights.ts";
import { useAppPool } from "#db/tenant.ts";
import type { Config } from "#server/core/config.ts";
import { createApp } from "./http/app.ts";
import type { Before } from "./http/listen.ts";
import { listen } from "./http/listen.ts";
import type { PageSource } from "./http/pages.ts";
import { builtPages } from "./http/pages.ts";

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
  /** Drains requests and jobs, then closes every connection. Safe to call twice. */
  stop(): Promise<void>;
}

/** The composition root: database, live notices, jobs, HTTP. Undoes what it began when a step fails. */
export async function start({ config, pages = builtPages, clientFolder, before }: StartOptions): Promise<Running> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= undoAll(undo));
  try {
    const { url, directUrl, prepare, pool } = config.database;
    const app = connect({ url, max: pool, prepare });
    undo.push(() => app.end({ timeout: 5 }));
    await refuseTooManyRights(app);
    useAppPool(app);
    undo.push(async () => useAppPool(undefined));

    const direct = connect({ url: directUrl, max: 1 });
    undo.push(() => direct.end({ timeout: 1 }));
    undo.push(await startLive(direct, app));

    const checks = {
      database: async () => ((await app`select 1`).length === 1 ? null : "no answer"),
      migrations: async () => {
        const pending = await pendingMigrations(app);
        return pending.length === 0 ? null : `not applied: ${pending.join(", ")}`;
      },
    };
    const readViewer = async () => null;
    const web = createApp({ config, checks, readViewer, pages, clientFolder: clientFolder ?? join("build", "client") });
    const listening = await listen(web, config.port, config.host, before);
    undo.push(() => listening.close());
    return { url: config.publicUrl ?? `http://localhost:${listening.port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function undoAll(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.toReversed()) await step().catch(() => undefined);
}
