import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Config } from "#server/core/config.ts";
import { systemClock } from "#server/core/clock.ts";
import type { RequestContext } from "#server/trpc/context.ts";

export type GuichetEnv = { Bindings: HttpBindings };

/** Who sent the request, from its cookies; `setCookie` renews them. Given by `server/auth`. */
export type ReadViewer = (
  cookieHeader: string | undefined,
  setCookie: (cookie: string) => void,
) => Promise<RequestContext["viewer"]>;

/** What procedures and pages know of a request, and the cookies to set on its answer. */
export async function requestContext(
  c: Context<GuichetEnv>,
  config: Config,
  readViewer: ReadViewer,
  tenantSlug: string | null,
): Promise<{ context: RequestContext; cookies: string[] }> {
  const cookies: string[] = [];
  const setCookie = (cookie: string) => void cookies.push(cookie);
  const viewer = await readViewer(c.req.header("cookie"), setCookie);
  const client = { address: clientAddress(c, config.trustedProxies), userAgent: c.req.header("user-agent") ?? "" };
  return { context: { viewer, tenantSlug, clock: systemClock, client, setCookie }, cookies };
}

/** The origin that people reach the program at: `PUBLIC_URL`, else what the request says. */
export function originOf(c: Context<GuichetEnv>, config: Config): string {
  return config.publicUrl ?? new URL(c.req.url).origin;
}

/** The address behind as many trusted proxies as configured; each appends the one it saw. */
function clientAddress(c: Context<GuichetEnv>, trustedProxies: number): string {
  const seen = (c.req.header("x-forwarded-for") ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return seen.at(-trustedProxies) && trustedProxies > 0
    ? seen.at(-trustedProxies)!
    : (c.env.incoming.socket.remoteAddress ?? "");
}
