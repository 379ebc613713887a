import { createContext } from "react-router";
import type { RequestContext } from "#server/trpc/context.ts";
import type { Caller } from "#server/trpc/root.ts";

/**
 * The request's tRPC caller: `const api = context.get(apiContext)` in loaders and actions. A refusal is
 * thrown as `data(Refusal, status)`, which the nearest error boundary shows; see `refusalOf`.
 */
export const apiContext = createContext<Caller>();

/** What the shell knows of the request before it asks anything. */
export interface PageRequest {
  viewer: RequestContext["viewer"];
  /** Of `/t/:tenant/…`; null elsewhere. */
  tenantSlug: string | null;
  /** For the inline scripts of the page (content security policy). */
  nonce: string;
  /** Origin that people and providers reach this installation at. */
  origin: string;
  simulator: boolean;
  demo: boolean;
}

export const pageContext = createContext<PageRequest>();

/** Why a procedure refused: the body of the thrown route error. `reason` and `fields` are keys of `errors.*`. */
export interface Refusal {
  code: string;
  reason: string;
  fields: Record<string, string | string[]>;
}

/** The refusal inside something thrown by a call, for actions that show it beside their fields; else null. */
export function refusalOf(thrown: unknown): Refusal | null {
  if (typeof thrown !== "object" || thrown === null || !("data" in thrown)) return null;
  const { data } = thrown;
  return typeof data === "object" && data !== null && "reason" in data && "fields" in data ? (data as Refusal) : null;
}
