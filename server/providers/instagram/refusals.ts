import { withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, RefusalClass } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";

/** Code 10 says "no permission" for many things; these of its subcodes say that the window has closed. */
const windowSubcodes: ReadonlySet<number> = new Set([2018278, 2534022]);

const classes: readonly (readonly [RefusalClass, readonly number[]])[] = [
  ["retry", [1, 2, 4, 17, 32, 341, 613, 80002, 80006]],
  ["permanent", [100, 551, 1545041]],
  ["channel", [0, 3, 10, 102, 190, 368, 459, 460, 463, 464, 467]],
];

/** What a refusal of Meta allows next. The code decides before the HTTP status. */
export function refusalClass(status: number, code: number | null, subcode: number | null): RefusalClass {
  if (subcode !== null && windowSubcodes.has(subcode)) return "window";
  if (code !== null) {
    const listed = classes.find(([, codes]) => codes.includes(code));
    if (listed) return listed[0];
    if (code >= 200 && code <= 299) return "channel";
  }
  if (status === 429 || status >= 500) return "retry";
  return status === 401 || status === 403 ? "channel" : "permanent";
}

/** An answer that is no success, in the contract's words; null for a success. */
export function refusalOf(
  answer: ApiAnswer,
  secrets: readonly (string | undefined)[],
): Extract<ApiOutcome<never>, { outcome: "refused" | "unknown" }> | null {
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable") {
    return { outcome: "refused", class: "retry", code: "unreachable", text: answer.text };
  }
  if (answer.status >= 200 && answer.status < 300) return null;
  // Graph nests its error; the sign-in's older addresses answer it flat.
  const error = objectOf(answer.body?.error) ?? answer.body;
  const code = numberOf(firstText(error, "code"));
  const words = firstText(error, "message", "error_message", "error_user_msg") ?? `HTTP ${answer.status}`;
  return {
    outcome: "refused",
    class: refusalClass(answer.status, code, numberOf(firstText(error, "error_subcode"))),
    code: code === null ? `http_${answer.status}` : String(code),
    text: withoutSecrets(words, secrets),
  };
}

function numberOf(text: string | null): number | null {
  return text !== null && /^-?\d{1,12}$/.test(text) ? Number(text) : null;
}
