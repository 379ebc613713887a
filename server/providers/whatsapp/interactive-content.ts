import type { JsonObject, MessageContent } from "../contract.ts";
import { firstText, objectOf, unknownOf } from "../read-json.ts";
import type { Reading } from "./reading.ts";

/**
 * A choice the customer made: template button, reply button, list row, flow form, call permission.
 * Null when the message holds no choice, which Meta reports with `errors` beside it.
 */
export function interactiveContent(
  type: "button" | "interactive",
  body: JsonObject | null,
  reading: Reading,
): MessageContent | null {
  if (!body) return null;
  if (type === "button") return chosen(firstText(body, "text", "payload"), { type, ...body });
  const kind = firstText(body, "type") ?? "unknown";
  const choice = Object.hasOwn(body, kind) ? objectOf(body[kind]) : null;
  if (kind === "list_reply" || kind === "button_reply") {
    return chosen(firstText(choice, "title", "id"), { type: kind, ...choice });
  }
  if (kind === "nfm_reply") {
    return chosen(formText(choice), { type: kind, ...choice, response: readForm(choice) });
  }
  if (kind === "call_permission_reply") {
    return chosen(`📞 ${firstText(choice, "response") ?? "?"}`, { type: kind, ...choice });
  }
  reading.unknowns.push(unknownOf("interactive.type", kind));
  return chosen(firstText(choice, "title", "body", "text", "id") ?? `[${kind}]`, {
    type: kind,
    ...choice,
  });
}

function chosen(text: string | null, data: JsonObject): MessageContent {
  return { kind: "interactive", text: text ?? "☑️", media: [], data };
}

/** The answers of a flow form, in the order they came; its token says nothing to a person. */
function formText(choice: JsonObject | null): string | null {
  const answers = Object.entries(readForm(choice) ?? {})
    .filter(([name, answer]) => name !== "flow_token" && typeof answer !== "object")
    .map(([, answer]) => String(answer));
  return answers.join(" · ") || firstText(choice, "body", "name");
}

function readForm(choice: JsonObject | null): JsonObject | null {
  const text = firstText(choice, "response_json");
  if (text === null || text.length > 65_536) return null;
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}
