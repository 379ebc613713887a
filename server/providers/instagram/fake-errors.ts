import type { JsonObject } from "../contract.ts";

type RefusalStatus = 400 | 401 | 403 | 429 | 500;

interface Refusal {
  status: RefusalStatus;
  message: string;
  code?: number;
  subcode?: number;
}

/** By the code that a test asks for; the window has a code of others and a subcode of its own. */
const refusals: Readonly<Record<number, Refusal>> = {
  2: { status: 500, message: "An unexpected error has occurred. Please retry your request later." },
  4: { status: 429, message: "Application request limit reached" },
  10: { status: 403, message: "Application does not have permission for this action" },
  100: { status: 400, message: "Invalid parameter" },
  190: { status: 401, message: "Error validating access token: The session has been invalidated" },
  368: { status: 403, message: "The action attempted has been deemed abusive or is otherwise disallowed" },
  551: { status: 400, message: "This person isn't available right now." },
  613: { status: 429, message: "Calls to this api have exceeded the rate limit." },
  2534022: { status: 403, code: 10, subcode: 2534022, message: "This message is sent outside of allowed window." },
};

/** The HTTP status and body of one of Meta's codes. */
export function refusalBody(code: number): { status: RefusalStatus; body: JsonObject } {
  const { status, message, ...own } = refusals[code] ?? { status: 400 as const, message: "Refused" };
  const subcode: JsonObject = own.subcode === undefined ? {} : { error_subcode: own.subcode };
  return {
    status,
    body: {
      error: { message, type: "IGApiException", code: own.code ?? code, ...subcode, fbtrace_id: "A0stand1n" },
    },
  };
}
