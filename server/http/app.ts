import { isDatabaseAway } from "#db/database-away.ts";
import { Hono } from "hono";
import type { Config } from "#server/core/config.ts";
import { log } from "#server/core/log.ts";
import { assets } from "./assets.ts";
import { compress } from "./compress.ts";
import { fileRoutes } from "./files.ts";
import type { Check } from "./health.ts";
import { healthRoutes } from "./health.ts";
import { limitBodies } from "#server/core/limit-bodies.ts";
import type { PageSource } from "./pages.ts";
import { pageRoutes } from "./pages.ts";
import { procedureRoutes } from "./procedures.ts";
import type { GuichetEnv, ReadViewer } from "./request-context.ts";
import { restRoutes } from "./rest.ts";
import { sameOriginOnly, securityHeaders } from "./security.ts";
import { webhookTestRoutes } from "./webhook-test.ts";
import { databaseAway } from "./unavailable.ts";

export interface AppParts {
  config: Config;
  checks: Record<string, Check>;
  readViewer: ReadViewer;
  pages: PageSource;
  /** The built client files. */
  clientFolder: string;
  /** The stand-ins of the vendors, where the simulator is on. */
  simulatorApi?: Hono | undefined;
}

const megabyte = 1_048_576;

/** Every address of the program. Health comes before anything that reads cookies or bodies. */
export function createApp({
  config,
  checks,
  readViewer,
  pages,
  clientFolder,
  simulatorApi,
}: AppParts): Hono<GuichetEnv> {
  const app = new Hono<GuichetEnv>();
  app.onError((error, c) => {
    if (isDatabaseAway(error)) return databaseAway(c);
    log.error({ err: error, method: c.req.method, path: c.req.path }, "request failed");
    return c.json({ error: { code: "unavailable", reason: "internal" } }, 500);
  });
  app.route("/", healthRoutes(checks));
  if (!config.web) return app;

  if (simulatorApi) app.route("/simulator/api", simulatorApi);
  app.use(securityHeaders);
  app.use(assets(clientFolder));
  app.use(sameOriginOnly((url) => config.publicUrl ?? new URL(url).origin));
  app.route("/", fileRoutes(config, readViewer));
  const [bodies, files] = [limitBodies(2 * megabyte), limitBodies(40 * megabyte)];
  // Who plays the customer sends files along, some of them too large to be kept.
  const isPlayed = (path: string) => simulatorApi !== undefined && /^\/simulator(\.data)?$/.test(path);
  app.use((c, next) => (isPlayed(c.req.path) ? files : bodies)(c, next));
  app.use(compress);
  app.route("/trpc", procedureRoutes(config, readViewer));
  app.route("/api", webhookTestRoutes(config, readViewer));
  app.route("/api", restRoutes(config, readViewer));
  app.route("/", pageRoutes(config, readViewer, pages));
  return app;
}
