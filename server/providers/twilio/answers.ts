import { withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, ChannelAccess, JsonObject, SendOutcome } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { refusalClass } from "./refusals.ts";

/** What Twilio's answer means, its secrets taken out. A request whose answer was lost is `unknown`. */
export function outcomeOf(
  answer: ApiAnswer,
  channel: ChannelAccess,
): Exclude<ApiOutcome<JsonObject>, { outcome: "refused" }> | Extract<SendOutcome, { outcome: "refused" }> {
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable") {
    return { outcome: "refused", class: "retry", code: "unreachable", text: answer.text };
  }
  if (answer.status >= 200 && answer.status < 300) return { outcome: "ok", value: answer.body ?? {} };
  const code = typeof answer.body?.code === "number" ? answer.body.code : null;
  const words = firstText(answer.body, "message") ?? `HTTP ${answer.status}`;
  return {
    outcome: "refused",
    class: refusalClass(answer.status, code),
    code: code === null ? `http_${answer.status}` : String(code),
    text: withoutSecrets(words, [channel.credentials.auth_token]),
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  };
}
