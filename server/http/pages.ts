import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import type { RequestHandler, ServerBuild } from "react-router";
import { createRequestHandler, RouterContextProvider } from "react-router";
import { apiContext, pageContext } from "#app/context.ts";
import type { Config } from "#server/core/config.ts";
import { withCookies } from "./procedures.ts";
import { pageCaller } from "./page-caller.ts";
import type { GuichetEnv, ReadViewer } from "./request-context.ts";
import { originOf, requestContext } from "./request-context.ts";
import { contentSecurityPolicy } from "./security.ts";

/** Where the pages come from: the bundle, or Vite in development. */
export interface PageSource {
  build: () => Promise<ServerBuild>;
  development: boolean;
}

export const builtPages: PageSource = {
  build: () => import("virtual:react-router/server-build"),
  development: false,
};

/** Every page, by React Router. The tenant is the one its URL names; `.data` requests name the same. */
export function pageRoutes(config: Config, readViewer: ReadViewer, source: PageSource): Hono<GuichetEnv> {
  const routes = new Hono<GuichetEnv>();
  let handler: RequestHandler | undefined;
  routes.all("/*", async (c) => {
    const tenantSlug = tenantOf(c.req.path);
    const { context, cookies } = await requestContext(c, config, readViewer, tenantSlug);
    // Given as a function, the build is looked at anew by every request: what development wants.
    handler ??= source.development
      ? createRequestHandler(source.build, "development")
      : createRequestHandler(await source.build(), "production");
    const nonce = randomBytes(16).toString("base64");
    const load = new RouterContextProvider();
    load.set(apiContext, pageCaller(context));
    load.set(pageContext, {
      viewer: context.viewer,
      tenantSlug,
      nonce,
      origin: originOf(c, config),
      simulator: config.simulator,
      demo: config.demo,
    });
    const answer = withCookies(await handler(c.req.raw, load), cookies);
    if (answer.headers.get("content-type")?.startsWith("text/html")) {
      if (!source.development) answer.headers.set("content-security-policy", contentSecurityPolicy(nonce));
      if (!answer.headers.has("cache-control")) answer.headers.set("cache-control", "private, no-cache");
    }
    return answer;
  });
  return routes;
}

function tenantOf(path: string): string | null {
  const slug = /^\/t\/([^/]+?)(?:\.data)?(?:\/|$)/.exec(path)?.[1];
  return slug ? decodeURIComponent(slug) : null;
}
