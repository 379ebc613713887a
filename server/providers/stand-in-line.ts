import type { Context } from "hono";

/**
 * Cuts the connection before the answer, as a network does. Falls back to a 504 where there is no
 * socket to cut (a request made in memory).
 */
export function cutLine(context: Context): Response {
  const outgoing: unknown = (context.env as { outgoing?: unknown } | undefined)?.outgoing;
  if (outgoing && typeof outgoing === "object" && "destroy" in outgoing) {
    (outgoing as { destroy(): void }).destroy();
  }
  return context.json({}, 504);
}
