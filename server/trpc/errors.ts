import { TRPCError } from "@trpc/server";
import type { DomainError, ErrorCode } from "#server/core/errors.ts";

const trpcCodes = {
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  invalid: "BAD_REQUEST",
  conflict: "CONFLICT",
  rate_limited: "TOO_MANY_REQUESTS",
  window_closed: "CONFLICT",
  channel_paused: "CONFLICT",
  not_configured: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

/** The one place where a domain refusal becomes a procedure's error; the refusal travels as its cause. */
export function toTrpcError(error: DomainError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.reason, cause: error });
}
