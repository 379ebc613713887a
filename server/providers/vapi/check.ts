import type { ApiAnswer } from "../call-api.ts";
import { withoutSecrets } from "../call-api.ts";
import { checkLine as line, getAgentApi, undecided, urlIn, wordsOfAnswer } from "../agent-api.ts";
import type { ChannelAccess, CheckLine, JsonObject } from "../contract.ts";
import { lineOf } from "../call-event.ts";
import { firstText, objectOf } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";

/** Asks Vapi what a person would look up in its dashboard. Changes nothing there. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const { assistant_id = "", phone_number_id = "", api_key, server_secret } = channel.credentials;
  const [assistant, number] = await Promise.all([
    getAgentApi(channel, `assistant/${encodeURIComponent(assistant_id)}`),
    phone_number_id === "" ? null : getAgentApi(channel, `phone-number/${encodeURIComponent(phone_number_id)}`),
  ]);
  const lines = [
    credentialLine(assistant),
    assistantLine(assistant),
    ...(number ? [numberLine(number, channel)] : []),
    webhookLine(assistant, number, expected.webhookUrl),
  ];
  return lines.map((one) => ({
    ...one,
    detail: one.detail === null ? null : withoutSecrets(one.detail, [api_key, server_secret]),
  }));
}

function credentialLine(assistant: ApiAnswer): CheckLine {
  if (isRefused(assistant)) return line("credential", "fail", "key_rejected", wordsOfAnswer(assistant));
  if (bodyOf(assistant) || isMissing(assistant)) return line("credential", "pass");
  return undecided("credential", assistant);
}

function assistantLine(assistant: ApiAnswer): CheckLine {
  const body = bodyOf(assistant);
  if (body) return line("assistant", "pass", null, firstText(body, "name"));
  if (isMissing(assistant)) return line("assistant", "fail", "assistant_not_found", wordsOfAnswer(assistant));
  return undecided("assistant", assistant);
}

/** The number is there, is the one we show, and hands its calls to this assistant (or asks us which one). */
function numberLine(number: ApiAnswer, { credentials }: ChannelAccess): CheckLine {
  const body = bodyOf(number);
  if (isMissing(number)) return line("number", "fail", "number_not_found", wordsOfAnswer(number));
  if (!body) return undecided("number", number);
  const shown = lineOf(firstText(body, "number"));
  const ours = credentials.phone_number ?? "";
  if (shown !== null && ours !== "" && shown !== ours) return line("number", "fail", "number_differs", shown);
  const assigned = firstText(body, "assistantId");
  if (assigned !== null && assigned !== credentials.assistant_id) {
    return line("number", "fail", "number_of_other_assistant", assigned);
  }
  return line("number", "pass", null, shown);
}

/** Vapi asks the assistant's server address first, then the number's; the organisation's own is not shown. */
function webhookLine(assistant: ApiAnswer, number: ApiAnswer | null, ours: string): CheckLine {
  const shown = serverUrl(bodyOf(assistant)) ?? (number ? serverUrl(bodyOf(number)) : null);
  if (shown !== null) {
    return isOurWebhook(shown, ours)
      ? line("webhook", "pass", null, shown)
      : line("webhook", "fail", "webhook_differs", shown);
  }
  return bodyOf(assistant) ? line("webhook", "unknown", "webhook_not_shown", ours) : undecided("webhook", assistant);
}

function serverUrl(holder: JsonObject | null): string | null {
  return urlIn(objectOf(holder?.server), "url") ?? urlIn(holder, "serverUrl");
}

function bodyOf(answer: ApiAnswer): JsonObject | null {
  return answer.kind === "answered" && answer.status < 300 ? answer.body : null;
}

function isRefused(answer: ApiAnswer): boolean {
  return answer.kind === "answered" && (answer.status === 401 || answer.status === 403);
}

function isMissing(answer: ApiAnswer): boolean {
  return answer.kind === "answered" && (answer.status === 404 || answer.status === 400);
}
