import type { JsonObject } from "../contract.ts";

type RefusalStatus = 400 | 401 | 403 | 404 | 429 | 500;

const refusals: Readonly<Record<number, { status: RefusalStatus; message: string }>> = {
  4: { status: 429, message: "Application request limit reached" },
  10: { status: 403, message: "Application does not have permission for this action" },
  100: { status: 400, message: "Unsupported request. Object with this ID does not exist" },
  190: { status: 401, message: "Invalid OAuth access token" },
  368: { status: 403, message: "Temporarily blocked for policies violations" },
  130429: { status: 429, message: "Rate limit hit" },
  130472: { status: 400, message: "User's number is part of an experiment" },
  131000: { status: 500, message: "Something went wrong" },
  131008: { status: 400, message: "Required parameter is missing" },
  131009: { status: 400, message: "Parameter value is not valid" },
  131016: { status: 500, message: "Service unavailable" },
  131026: { status: 400, message: "Message undeliverable" },
  131031: { status: 403, message: "Account has been locked" },
  131047: { status: 400, message: "Re-engagement message" },
  131048: { status: 429, message: "Spam rate limit hit" },
  131051: { status: 400, message: "Unsupported message type" },
  131056: { status: 429, message: "(Business Account, Consumer Account) pair rate limit hit" },
  132000: { status: 400, message: "Number of parameters does not match the expected number of params" },
  132001: { status: 404, message: "Template name does not exist in the translation" },
  132015: { status: 400, message: "Template is paused" },
};

/** The HTTP status and words of one of Meta's codes. */
export function refusalOf(code: number): { status: RefusalStatus; message: string } {
  return refusals[code] ?? { status: 400, message: "Refused" };
}

export function graphError(code: number, message: string): JsonObject {
  return {
    error: {
      message: `(#${code}) ${message}`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details: message },
      fbtrace_id: "A0stand1n",
    },
  };
}
