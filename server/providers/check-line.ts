import { withoutSecrets, type ApiAnswer } from "./call-api.ts";
import type { CheckLine } from "./contract.ts";

export function checkLine(
  check: string,
  result: CheckLine["result"],
  reason: string | null,
  detail: string | null,
): CheckLine {
  return { check, result, reason, detail };
}

/** What an API's answer says of the credentials: accepted, refused, or nothing. */
export function credentialLine(answer: ApiAnswer, detail: string | null): CheckLine {
  if (answer.kind !== "answered") return checkLine("credential", "unknown", "provider_unreachable", answer.text);
  if (answer.status < 300) return checkLine("credential", "pass", null, detail);
  if (answer.status === 401 || answer.status === 403)
    return checkLine("credential", "fail", "token_rejected", `HTTP ${answer.status}`);
  return checkLine("credential", "unknown", "not_checked", `HTTP ${answer.status}`);
}

export function withoutDetails(lines: readonly CheckLine[], secrets: readonly (string | undefined)[]): CheckLine[] {
  return lines.map((line) => ({ ...line, detail: line.detail === null ? null : withoutSecrets(line.detail, secrets) }));
}
