import { withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, CheckLine, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";
import { getAccount, getProduct } from "./client.ts";
import { channelTypeOf } from "./credentials.ts";

/** Asks Twilio what a person would look up in its console. Changes nothing there. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const { phone_number: number = "", messaging_service_sid: sid = "" } = channel.credentials;
  const lines = [accountLine(await getAccount(channel, ""))];
  if (number !== "") lines.push(...(await numberLines(channel, number, sid === "" ? expected.webhookUrl : null)));
  if (sid !== "")
    lines.push(...serviceLines(await getProduct(channel, "messaging", `/v1/Services/${sid}`), expected.webhookUrl));
  return lines.map((line) => ({
    ...line,
    detail: line.detail === null ? null : withoutSecrets(line.detail, [channel.credentials.auth_token]),
  }));
}

function accountLine(account: ApiAnswer): CheckLine {
  if (isOk(account)) {
    const status = firstText(account.body, "status") ?? "active";
    const name = firstText(account.body, "friendly_name");
    return status === "active"
      ? line("credential", "pass", null, name)
      : line("credential", "fail", "account_not_active", status);
  }
  if (account.kind === "answered" && (account.status === 401 || account.status === 404)) {
    return line("credential", "fail", "token_rejected", wordsOf(account));
  }
  return undecided("credential", account);
}

/**
 * The number is ours, can carry what the channel is for and posts that to `webhookUrl` (null: its
 * messaging service decides).
 */
async function numberLines(channel: ChannelAccess, number: string, webhookUrl: string | null): Promise<CheckLine[]> {
  const type = channelTypeOf(channel.credentials);
  // WhatsApp senders are no incoming numbers: Twilio's API shows neither them nor their address.
  if (type === "whatsapp") return [line("webhook", "unknown", "webhook_not_shown", webhookUrl)];
  const answer = await getAccount(channel, "IncomingPhoneNumbers.json", { PhoneNumber: number });
  if (!isOk(answer)) return [undecided("number", answer)];
  const owned = listOf(answer.body.incoming_phone_numbers)
    .map(objectOf)
    .find((item) => firstText(item, "phone_number") === number);
  if (!owned) return [line("number", "fail", "number_not_found", number)];
  const lines = [line("number", "pass", null, firstText(owned, "friendly_name"))];
  const capabilities = objectOf(owned.capabilities);
  if (type === "phone") {
    lines.push(
      capabilities?.voice === false ? line("calls", "fail", "number_without_voice", number) : pass("calls"),
      webhookLine(firstText(owned, "voice_url"), firstText(owned, "voice_method"), webhookUrl ?? ""),
      reportsLine(firstText(owned, "status_callback"), webhookUrl ?? ""),
    );
    return lines;
  }
  lines.push(capabilities?.sms === false ? line("texts", "fail", "number_without_sms", number) : pass("texts"));
  if (webhookUrl !== null) {
    lines.push(webhookLine(firstText(owned, "sms_url"), firstText(owned, "sms_method"), webhookUrl));
  }
  return lines;
}

function serviceLines(answer: ApiAnswer, webhookUrl: string): CheckLine[] {
  if (!isOk(answer)) {
    return answer.kind === "answered" && answer.status === 404
      ? [line("service", "fail", "service_not_found", wordsOf(answer))]
      : [undecided("service", answer)];
  }
  const service = line("service", "pass", null, firstText(answer.body, "friendly_name"));
  if (answer.body.use_inbound_webhook_on_number === true) {
    return [service, line("webhook", "unknown", "webhook_on_each_number", webhookUrl)];
  }
  const url = firstText(answer.body, "inbound_request_url");
  return [service, webhookLine(url, firstText(answer.body, "inbound_method"), webhookUrl)];
}

function webhookLine(url: string | null, method: string | null, ours: string): CheckLine {
  if (url === null) return line("webhook", "fail", "webhook_missing", ours);
  if (!isOurWebhook(url, ours)) return line("webhook", "fail", "webhook_differs", url);
  return (method ?? "POST") === "POST"
    ? line("webhook", "pass", null, url)
    : line("webhook", "fail", "webhook_not_post", method);
}

/** Where the end of a call is told. Without it the end is asked for, which takes its time. */
function reportsLine(url: string | null, ours: string): CheckLine {
  if (url === null) return line("reports", "fail", "reports_missing", ours);
  return isOurWebhook(url, ours) ? pass("reports") : line("reports", "fail", "reports_differ", url);
}

function isOk(answer: ApiAnswer): answer is Extract<ApiAnswer, { kind: "answered" }> & { body: JsonObject } {
  return answer.kind === "answered" && answer.status < 300 && answer.body !== null;
}

function wordsOf(answer: ApiAnswer): string {
  if (answer.kind !== "answered") return answer.text;
  const words = [firstText(answer.body, "code"), firstText(answer.body, "message") ?? `HTTP ${answer.status}`];
  return words.filter(Boolean).join(" · ");
}

function undecided(name: string, answer: ApiAnswer): CheckLine {
  const reason = answer.kind === "answered" ? "not_checked" : "provider_unreachable";
  return line(name, "unknown", reason, wordsOf(answer));
}

function line(name: string, result: CheckLine["result"], reason: string | null, detail: string | null): CheckLine {
  return { check: name, result, reason, detail };
}

function pass(name: string): CheckLine {
  return line(name, "pass", null, null);
}
