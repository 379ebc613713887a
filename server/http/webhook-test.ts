import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { Hono } from "hono";
import type { Config } from "#server/core/config.ts";
import { createCaller } from "#server/trpc/root.ts";
import type { GuichetEnv, ReadViewer } from "./request-context.ts";
import { requestContext } from "./request-context.ts";

/**
 * `POST /api/<provider>/webhook-test` for a signed-in admin (S3.8): a post as the provider sends it, or
 * as the older guide wrote it, goes the whole way; the answer is its log. The tenant is that of
 * `x-guichet-tenant` or `?tenant=`, else the one the person saw last.
 */
export function webhookTestRoutes(config: Config, readViewer: ReadViewer): Hono<GuichetEnv> {
  const routes = new Hono<GuichetEnv>();
  routes.post("/:provider/webhook-test", async (c) => {
    const named = c.req.header("x-guichet-tenant") ?? c.req.query("tenant") ?? null;
    const { context } = await requestContext(c, config, readViewer, named);
    const tenantSlug = named ?? context.viewer?.lastTenantSlug ?? context.viewer?.memberships[0]?.slug ?? null;
    try {
      const body = await c.req.text();
      return c.json(
        await createCaller({ ...context, tenantSlug }).webhookLogs.test({ provider: c.req.param("provider"), body }),
      );
    } catch (error) {
      if (!(error instanceof TRPCError)) throw error;
      if (error.code === "INTERNAL_SERVER_ERROR") throw error.cause ?? error;
      const status = getHTTPStatusCodeFromError(error) as 400;
      return c.json({ error: { code: error.code.toLowerCase(), reason: error.message } }, status);
    }
  });
  return routes;
}
