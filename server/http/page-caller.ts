import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { data } from "react-router";
import { ZodError } from "zod";
import type { Refusal } from "#app/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import type { Caller } from "#server/trpc/root.ts";
import { createCaller } from "#server/trpc/root.ts";
import { fieldReasons } from "#server/trpc/field-reasons.ts";

/**
 * The request's caller for loaders and actions. Refusals are thrown as route errors with their HTTP
 * status, so that a missing row is a 404 page without a line of code; other errors pass unchanged.
 */
export function pageCaller(context: RequestContext): Caller {
  return refusing(createCaller(context));
}

function refusing<T extends object>(caller: T): T {
  return new Proxy(caller, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? refusing(value) : value;
    },
    apply: async (target, self, args) => {
      try {
        return await Reflect.apply(target as never, self, args);
      } catch (error) {
        throw asRouteError(error);
      }
    },
  });
}

function asRouteError(error: unknown): unknown {
  if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") return error;
  const { cause } = error;
  // What a procedure's schema refuses is as invalid as what a verb does.
  const code = cause instanceof ZodError ? "invalid" : error.code.toLowerCase();
  const refusal: Refusal = {
    code: cause instanceof DomainError ? cause.code : code,
    reason: cause instanceof DomainError ? cause.reason : code,
    fields: cause instanceof DomainError ? { ...cause.fields } : cause instanceof ZodError ? fieldReasons(cause) : {},
  };
  return data(refusal, { status: getHTTPStatusCodeFromError(error) });
}
