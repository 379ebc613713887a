import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "hono";
import { ZodError } from "zod";
import { DomainError } from "#server/core/errors.ts";

/** A refused procedure as JSON with its HTTP status; an id that is none names nothing. Other errors pass. */
export function refusalAnswer(c: Context, error: unknown): Response {
  if (!(error instanceof TRPCError)) throw error;
  const { cause } = error;
  if (cause instanceof ZodError) return c.json({ error: { code: "not_found", reason: "not_found" } }, 404);
  if (error.code === "INTERNAL_SERVER_ERROR") throw cause ?? error;
  const code = cause instanceof DomainError ? cause.code : error.code.toLowerCase();
  const reason = cause instanceof DomainError ? (Object.values(cause.fields)[0] ?? cause.reason) : code;
  return c.json({ error: { code, reason } }, getHTTPStatusCodeFromError(error) as 400);
}
