import type { Context } from "hono";
import { Hono } from "hono";
import type { Config } from "#server/core/config.ts";
import { DomainError } from "#server/core/errors.ts";
import { toTrpcError } from "#server/trpc/errors.ts";
import type { Access } from "#server/trpc/init.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";
import { withCookies } from "./procedures.ts";
import type { GuichetEnv, ReadViewer } from "./request-context.ts";
import { originOf, requestContext } from "./request-context.ts";
import { restRefusal } from "./rest-refusal.ts";

/** Areas that answer without the version too, as older programs ask for them (S0.8, S2.8). */
const olderAreas = /^\/(?:channels|platforms)(?:\/|$)/;

type Endpoint = NonNullable<Access["openapi"]> & { procedure: string };

/**
 * `/api/v1/…`: every procedure that names a method and path, by session, with its document at
 * `/api/v1/openapi.json`. The tenant is that of `x-guichet-tenant` or `?tenant=`, else the one the
 * person saw last. Made from the procedures: input, permission and answer are theirs.
 */
export function restRoutes(config: Config, readViewer: ReadViewer): Hono<GuichetEnv> {
  const routes = new Hono<GuichetEnv>();
  routes.get("/v1/openapi.json", async (c) => c.json(await documentOf(originOf(c, config))));
  for (const endpoint of endpoints()) {
    const path = endpoint.path.replace(/\{(\w+)\}/g, ":$1");
    const paths = [`/v1${path}`, ...(olderAreas.test(path) ? [path] : [])];
    for (const at of paths) routes.on(endpoint.method, at, (c) => answer(c, config, readViewer, endpoint));
  }
  routes.all("/v1/*", (c) => c.json({ error: { code: "not_found", reason: "not_found" } }, 404));
  return routes;
}

function endpoints(): Endpoint[] {
  const { _def: root } = appRouter;
  const declared = root.procedures as unknown as Record<string, { _def: { meta?: Access } }>;
  return Object.entries(declared).flatMap(([procedure, { _def: about }]) =>
    about.meta?.openapi ? [{ ...about.meta.openapi, procedure }] : [],
  );
}

/** Loaded when it is asked for: nobody else needs what writes it. */
async function documentOf(origin: string): Promise<object> {
  const { generateOpenApiDocument } = await import("trpc-to-openapi");
  return generateOpenApiDocument(appRouter, {
    title: "Guichet",
    version: "1",
    baseUrl: `${origin}/api/v1`,
    description:
      "Signed in by session cookie. The tenant: header x-guichet-tenant or ?tenant=, else the last one seen.",
    securitySchemes: { session: { type: "apiKey", in: "cookie", name: "guichet_session" } },
  });
}

async function answer(
  c: Context<GuichetEnv>,
  config: Config,
  readViewer: ReadViewer,
  { procedure }: Endpoint,
): Promise<Response> {
  const named = c.req.header("x-guichet-tenant") ?? c.req.query("tenant") ?? null;
  const { context, cookies } = await requestContext(c, config, readViewer, named);
  const tenantSlug = named ?? context.viewer?.lastTenantSlug ?? context.viewer?.memberships[0]?.slug ?? null;
  try {
    const caller = createCaller({ ...context, tenantSlug });
    const call = procedure.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
    const value = await (call as (input: unknown) => Promise<unknown>)(await inputOf(c));
    return withCookies(value === undefined ? c.body(null, 204) : c.json(value as object), cookies);
  } catch (error) {
    return restRefusal(c, error);
  }
}

/** The JSON body, or the query where there is none to send, and what the path names. Throws `invalid` for what is no JSON object. */
async function inputOf(c: Context<GuichetEnv>): Promise<Record<string, unknown>> {
  const { tenant: _tenant, ...query } = c.req.query();
  const sent = c.req.method === "GET" || c.req.method === "DELETE" ? query : await bodyOf(c);
  return { ...sent, ...(c.req.param() as Record<string, string>) };
}

async function bodyOf(c: Context<GuichetEnv>): Promise<object> {
  const text = await c.req.text();
  if (text === "") return {};
  // A form of another site could send anything else without asking first.
  if (!c.req.header("content-type")?.startsWith("application/json")) {
    throw toTrpcError(new DomainError("invalid", "json_expected"));
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Answered below, like every other body that is no object.
  }
  throw toTrpcError(new DomainError("invalid", "malformed"));
}
