import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { Hono } from "hono";
import type { Config } from "#server/core/config.ts";
import { log } from "#server/core/log.ts";
import { appRouter } from "#server/trpc/root.ts";
import type { GuichetEnv, ReadViewer } from "./request-context.ts";
import { requestContext } from "./request-context.ts";

/** `/trpc`: the procedures for the browser, live lists over SSE among them. */
export function procedureRoutes(config: Config, readViewer: ReadViewer): Hono<GuichetEnv> {
  const routes = new Hono<GuichetEnv>();
  routes.all("/*", async (c) => {
    const tenantSlug = c.req.header("x-guichet-tenant") ?? c.req.query("tenant") ?? null;
    const { context, cookies } = await requestContext(c, config, readViewer, tenantSlug);
    const answer = await fetchRequestHandler({
      endpoint: "/trpc",
      req: c.req.raw,
      router: appRouter,
      createContext: () => context,
      onError: ({ error, path }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: error.cause ?? error, path }, "procedure failed");
      },
    });
    return withCookies(answer, cookies);
  });
  return routes;
}

export function withCookies(answer: Response, cookies: string[]): Response {
  if (cookies.length === 0) return answer;
  const headers = new Headers(answer.headers);
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
