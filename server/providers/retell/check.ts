import type { ApiAnswer } from "../call-api.ts";
import { pluck, withoutSecrets } from "../call-api.ts";
import { checkLine as line, getAgentApi, undecided, urlIn, wordsOfAnswer } from "../agent-api.ts";
import type { ChannelAccess, CheckLine, JsonObject } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";

/** Asks Retell what a person would look up in its dashboard. Changes nothing there. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const { agent_id = "", phone_number = "", api_key } = channel.credentials;
  const [agent, number] = await Promise.all([
    getAgentApi(channel, `get-agent/${encodeURIComponent(agent_id)}`),
    phone_number === "" ? null : getAgentApi(channel, `get-phone-number/${encodeURIComponent(phone_number)}`),
  ]);
  const lines = [
    credentialLine(agent),
    agentLine(agent),
    ...(number ? [numberLine(number, agent_id, expected.webhookUrl)] : []),
    webhookLine(agent, expected.webhookUrl),
  ];
  return lines.map((one) => ({ ...one, detail: one.detail === null ? null : withoutSecrets(one.detail, [api_key]) }));
}

function credentialLine(agent: ApiAnswer): CheckLine {
  if (statusOf(agent) === 401 || statusOf(agent) === 403) {
    return line("credential", "fail", "key_rejected", wordsOfAnswer(agent));
  }
  if (bodyOf(agent) || isMissing(agent)) return line("credential", "pass");
  return undecided("credential", agent);
}

function agentLine(agent: ApiAnswer): CheckLine {
  const body = bodyOf(agent);
  if (body) return line("assistant", "pass", null, firstText(body, "agent_name"));
  if (isMissing(agent)) return line("assistant", "fail", "assistant_not_found", wordsOfAnswer(agent));
  return undecided("assistant", agent);
}

/** The number is there and hands its calls to this agent, or asks us which one. */
function numberLine(number: ApiAnswer, agentId: string, ours: string): CheckLine {
  const body = bodyOf(number);
  if (isMissing(number)) return line("number", "fail", "number_not_found", wordsOfAnswer(number));
  if (!body) return undecided("number", number);
  const asked = urlIn(body, "inbound_webhook_url");
  if (asked !== null && isOurWebhook(asked, ours)) return line("number", "pass", null, firstText(body, "nickname"));
  const one = firstText(body, "inbound_agent_id");
  const agents = [...(one === null ? [] : [one]), ...pluck(body.inbound_agents, "agent_id")];
  if (agents.length === 0) return line("number", "fail", "number_without_assistant", null);
  return agents.includes(agentId)
    ? line("number", "pass", null, firstText(body, "nickname"))
    : line("number", "fail", "number_of_other_assistant", agents[0] ?? null);
}

/** The agent's own address; where it has none, the account's is used, which Retell does not show. */
function webhookLine(agent: ApiAnswer, ours: string): CheckLine {
  const body = bodyOf(agent);
  if (!body) return undecided("webhook", agent);
  const shown = urlIn(body, "webhook_url");
  if (shown === null) return line("webhook", "unknown", "webhook_not_shown", ours);
  return isOurWebhook(shown, ours)
    ? line("webhook", "pass", null, shown)
    : line("webhook", "fail", "webhook_differs", shown);
}

function bodyOf(answer: ApiAnswer): JsonObject | null {
  return answer.kind === "answered" && answer.status < 300 ? answer.body : null;
}

function statusOf(answer: ApiAnswer): number {
  return answer.kind === "answered" ? answer.status : 0;
}

function isMissing(answer: ApiAnswer): boolean {
  return [400, 404, 422].includes(statusOf(answer));
}
