import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "hono";
import { ZodError } from "zod";
import { DomainError } from "#server/core/errors.ts";
import { fieldReasons } from "#server/trpc/field-reasons.ts";

/** A refused procedure as JSON: a code, a stable reason, and the reason of each field that is wrong. Other errors pass. */
export function restRefusal(c: Context, error: unknown): Response {
  if (!(error instanceof TRPCError)) throw error;
  const { cause } = error;
  if (cause instanceof ZodError)
    return c.json({ error: { code: "invalid", reason: "invalid", fields: fieldReasons(cause) } }, 400);
  if (error.code === "INTERNAL_SERVER_ERROR") throw cause ?? error;
  const status = getHTTPStatusCodeFromError(error) as 400;
  if (!(cause instanceof DomainError)) {
    const code = error.code.toLowerCase();
    return c.json({ error: { code, reason: code, fields: {} } }, status);
  }
  return c.json({ error: { code: cause.code, reason: cause.reason, fields: cause.fields } }, status);
}
