import type { MiddlewareHandler } from "hono";

/** Headers of every answer. The content security policy is the page's own, because of its nonce. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set("x-content-type-options", "nosniff");
  c.res.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  c.res.headers.set("x-frame-options", "DENY");
  c.res.headers.set("cross-origin-opener-policy", "same-origin");
  c.res.headers.set("permissions-policy", "camera=(), microphone=(self), geolocation=()");
  if (new URL(c.req.url).protocol === "https:") {
    c.res.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
};

export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "media-src 'self' blob: https:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    // A form that begins a sign-in is answered with the platform's own page.
    "form-action 'self' https://www.instagram.com https://www.facebook.com",
    "frame-ancestors 'none'",
  ].join("; ");
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a change that another site makes a signed-in browser send. A browser names where the request
 * comes from (Origin, or Sec-Fetch-Site); a request with cookies that names nothing is refused too.
 */
export const sameOriginOnly =
  (ownOrigin: (url: string) => string): MiddlewareHandler =>
  async (c, next) => {
    if (safeMethods.has(c.req.method) || (!c.req.header("cookie") && !c.req.header("origin"))) return next();
    const origin = c.req.header("origin");
    const allowed = origin
      ? origin === ownOrigin(c.req.url) || sameHost(origin, c.req.header("host"))
      : c.req.header("sec-fetch-site") === "same-origin";
    if (!allowed) return c.json({ error: { code: "forbidden", reason: "foreign_origin" } }, 403);
    return next();
  };

function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
