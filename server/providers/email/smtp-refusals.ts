import { withoutSecrets } from "../call-api.ts";
import type { SendOutcome } from "../contract.ts";
import { problemOf } from "./connection-problem.ts";

type Refused = Extract<SendOutcome, { outcome: "refused" }>;

/**
 * What a failed hand-over means. Once the mail's last byte had left (`handedOver`), silence is `unknown`:
 * the server may have taken it. Before that it certainly has not, and a lost line is only a wait.
 */
export function failedSend(error: unknown, handedOver: boolean, secrets: readonly string[]): SendOutcome {
  const { code, command, responseCode, response } = fieldsOf(error);
  if (responseCode !== null) return refusalOf(responseCode, response, isLogin(code, command), secrets);
  const problem = problemOf(error, secrets);
  if (handedOver) return { outcome: "unknown", text: problem.text };
  if (code === "EAUTH" || code === "ENOAUTH") {
    return { outcome: "refused", class: "channel", code: "smtp_login_refused", text: problem.text };
  }
  // A server that is away is away for longer than a moment: mail can wait.
  return { outcome: "refused", class: "slow", code: problem.reason, text: problem.text };
}

/** A reply of the server, by its code and, where it gives one, its enhanced code (RFC 3463). */
export function refusalOf(status: number, words: string, login: boolean, secrets: readonly string[]): Refused {
  const text = withoutSecrets(words || `SMTP ${status}`, secrets);
  const detail = /^\d{3}[ -](\d)\.(\d{1,3})\.(\d{1,3})\b/.exec(words)?.slice(2).join(".") ?? "";
  const passing = status < 500;
  const as = (kind: Refused["class"], code: string): Refused => ({ outcome: "refused", class: kind, code, text });
  if (login) return passing ? as("retry", `smtp_${status}`) : as("channel", "smtp_login_refused");
  if (status === 530) return as("channel", "smtp_login_refused");
  if (status === 421) return as("retry", "smtp_421");
  if (detail === "2.2" || ([452, 552, 522].includes(status) && detail === "")) {
    return as(passing ? "retry" : "permanent", "recipient_mailbox_full");
  }
  if (detail === "3.4" || detail === "2.3" || status === 552) return as("permanent", "mail_too_large");
  if (passing) return as(detail === "7.28" || detail === "7.0" || status === 450 ? "slow" : "retry", `smtp_${status}`);
  if (["1.1", "1.2", "1.3", "1.10"].includes(detail) || (detail === "" && [550, 551, 553].includes(status))) {
    return as("permanent", "no_such_address");
  }
  if (detail.startsWith("7.") || status === 554) return as("permanent", "refused_as_unwanted");
  return as("permanent", `smtp_${status}`);
}

function isLogin(code: string, command: string): boolean {
  return code === "EAUTH" || command.startsWith("AUTH");
}

function fieldsOf(error: unknown) {
  const { code, command, responseCode, response } = (error ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === "string" ? code : "",
    command: typeof command === "string" ? command : "",
    responseCode: typeof responseCode === "number" && responseCode >= 400 && responseCode < 600 ? responseCode : null,
    response: typeof response === "string" ? response : "",
  };
}
