import type { ApiAnswer } from "./call-api.ts";
import { withoutSecrets } from "./call-api.ts";
import type { RefusalClass, SendOutcome } from "./contract.ts";

/** What a vendor's own error says; nulls where it says nothing. */
export interface VendorError {
  code: string | null;
  text: string | null;
  /** Where the vendor's code decides more than HTTP does. */
  class?: RefusalClass | null;
}

/**
 * A send that was not accepted, by HTTP's own words: 401 and 403 refuse the credentials, 408, 429 and 5xx
 * may pass, any other refusal is for good. A lost answer stays unknown: it is never sent again blindly.
 */
export function failedSend(
  answer: ApiAnswer,
  error: VendorError,
  secrets: readonly (string | undefined)[],
): SendOutcome {
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable")
    return { outcome: "refused", class: "retry", code: "unreachable", text: answer.text };
  if (answer.status < 300) return { outcome: "unknown", text: "accepted without an id" };
  return {
    outcome: "refused",
    class: error.class ?? classOf(answer.status),
    code: error.code ?? `http_${answer.status}`,
    text: withoutSecrets(error.text ?? `HTTP ${answer.status}`, secrets),
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  };
}

function classOf(status: number): RefusalClass {
  if (status === 401 || status === 403) return "channel";
  if (status === 429) return "slow";
  return status === 408 || status >= 500 ? "retry" : "permanent";
}
