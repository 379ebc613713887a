import { withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, ChannelAccess, JsonObject, RefusalClass } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import { secretsOf } from "./client.ts";
import { pairPauseMs, refusalClass } from "./refusals.ts";

export interface GraphRefusal {
  outcome: "refused";
  class: RefusalClass;
  /** Meta's code, else `http_…` or `unreachable`. */
  code: string;
  text: string;
  retryAfterMs?: number;
}

export type GraphOutcome = Exclude<ApiOutcome<JsonObject>, { outcome: "refused" }> | GraphRefusal;

/** What the Graph API's answer to a channel means. */
export function outcomeOf(answer: ApiAnswer, channel: ChannelAccess): GraphOutcome {
  return readOutcome(answer, secretsOf(channel));
}

/** An answer's body, a refusal with what that allows next, or nothing known; its words without these secrets. */
export function readOutcome(answer: ApiAnswer, secrets: readonly (string | undefined)[]): GraphOutcome {
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable") {
    return { outcome: "refused", class: "retry", code: "unreachable", text: answer.text };
  }
  if (answer.status >= 200 && answer.status < 300) return { outcome: "ok", value: answer.body ?? {} };
  const error = objectOf(answer.body?.error);
  const code = typeof error?.code === "number" ? error.code : null;
  const details = firstText(objectOf(error?.error_data), "details");
  const words = details ?? firstText(error, "message", "error_user_msg") ?? `HTTP ${answer.status}`;
  const pause = answer.retryAfterMs ?? (code === 131056 ? pairPauseMs : undefined);
  return {
    outcome: "refused",
    class: refusalClass(answer.status, code, error?.is_transient === true),
    code: code === null ? `http_${answer.status}` : String(code),
    text: withoutSecrets(words, secrets),
    ...(pause === undefined ? {} : { retryAfterMs: pause }),
  };
}
