import type { Clock } from "#server/core/clock.ts";
import type { Viewer } from "#server/auth/viewer.ts";

/** What a procedure knows of the request it serves. */
export interface RequestContext {
  viewer: Viewer | null;
  /** The tenant of the page that asks: from its URL in loaders, from `x-guichet-tenant` in the browser. */
  tenantSlug: string | null;
  clock: Clock;
  /** Address and browser, for sign-in limits and the session list. */
  client: { address: string; userAgent: string };
  /** Cookies to set on the answer. */
  setCookie(cookie: string): void;
}
