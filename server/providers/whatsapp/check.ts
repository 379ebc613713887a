import { pluck, withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, CheckLine, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";
import { appSecretProof, getGraph, secretsOf } from "./client.ts";

const fields = "id,display_phone_number,verified_name,quality_rating,webhook_configuration";

/** Asks Meta what a person would look up in its dashboard. Changes nothing there. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const { phone_number_id: numberId = "", business_account_id: accountId = "" } = channel.credentials;
  const [number, signed, numbers, apps] = await Promise.all([
    getGraph(channel, numberId, { fields }),
    getGraph(channel, numberId, { fields: "id", appsecret_proof: appSecretProof(channel) }),
    getGraph(channel, `${accountId}/phone_numbers`, { fields: "id", limit: "100" }),
    getGraph(channel, `${accountId}/subscribed_apps`),
  ]);
  const lines = [
    credentialLine(number),
    appSecretLine(number, signed),
    numberLine(number, channel),
    accountLine(numbers, numberId),
    subscriptionLine(apps),
    webhookLine(number, apps, expected.webhookUrl),
  ];
  const secrets = secretsOf(channel);
  return lines.map((line) => ({
    ...line,
    detail: line.detail === null ? null : withoutSecrets(line.detail, secrets),
  }));
}

function credentialLine(number: ApiAnswer): CheckLine {
  if (isOk(number)) return passed("credential");
  const code = codeOf(number);
  if (code === "190" || statusOf(number) === 401) return failed("credential", "token_rejected", number);
  if (code === "10" || /^2\d\d$/.test(code)) return failed("credential", "token_lacks_permission", number);
  if (number.kind === "answered" && statusOf(number) < 500) {
    return failed("credential", "number_not_found", number);
  }
  return undecided("credential", number);
}

function appSecretLine(number: ApiAnswer, signed: ApiAnswer): CheckLine {
  if (isOk(signed)) return passed("app_secret");
  if (!isOk(number)) return undecided("app_secret", number);
  return /appsecret_proof/i.test(wordsOf(signed))
    ? failed("app_secret", "app_secret_wrong", signed)
    : undecided("app_secret", signed);
}

function numberLine(number: ApiAnswer, channel: ChannelAccess): CheckLine {
  if (!isOk(number)) return undecided("number", number);
  const shown = firstText(number.body, "display_phone_number") ?? "";
  const ours = channel.credentials.display_phone_number ?? "";
  return digitsOf(shown) === digitsOf(ours)
    ? {
        ...passed("number"),
        detail: [shown, firstText(number.body, "verified_name")].filter(Boolean).join(" · "),
      }
    : { check: "number", result: "fail", reason: "number_differs", detail: shown };
}

function accountLine(numbers: ApiAnswer, numberId: string): CheckLine {
  if (!isOk(numbers)) {
    return numbers.kind === "answered" && statusOf(numbers) < 500 && statusOf(numbers) !== 401
      ? failed("account", "account_not_found", numbers)
      : undecided("account", numbers);
  }
  return pluck(numbers.body.data, "id").includes(numberId)
    ? passed("account")
    : { check: "account", result: "fail", reason: "number_not_in_account", detail: null };
}

function subscriptionLine(apps: ApiAnswer): CheckLine {
  if (!isOk(apps)) return undecided("subscription", apps);
  const names = listOf(apps.body.data).map((app) =>
    firstText(objectOf(objectOf(app)?.whatsapp_business_api_data), "name", "id"),
  );
  return names.length > 0
    ? { ...passed("subscription"), detail: names.filter(Boolean).join(", ") || null }
    : { check: "subscription", result: "fail", reason: "app_not_subscribed", detail: null };
}

/** Meta shows the address only where it was set for the number or the account; the app's own stays unseen. */
function webhookLine(number: ApiAnswer, apps: ApiAnswer, ours: string): CheckLine {
  if (!isOk(number)) return undecided("webhook", number);
  const configured = objectOf(number.body.webhook_configuration);
  const overrides = isOk(apps) ? pluck(apps.body.data, "override_callback_uri") : [];
  const url =
    firstText(configured, "phone_number", "whatsapp_business_account", "override_callback_uri") ??
    overrides[0] ??
    firstText(configured, "application");
  if (!url) return { check: "webhook", result: "unknown", reason: "webhook_not_shown", detail: ours };
  return isOurWebhook(url, ours)
    ? { ...passed("webhook"), detail: url }
    : { check: "webhook", result: "fail", reason: "webhook_differs", detail: url };
}

function isOk(answer: ApiAnswer): answer is Extract<ApiAnswer, { kind: "answered" }> & { body: JsonObject } {
  return answer.kind === "answered" && answer.status < 300 && answer.body !== null;
}

function statusOf(answer: ApiAnswer): number {
  return answer.kind === "answered" ? answer.status : 0;
}

function codeOf(answer: ApiAnswer): string {
  return answer.kind === "answered" ? (firstText(objectOf(answer.body?.error), "code") ?? "") : "";
}

function wordsOf(answer: ApiAnswer): string {
  if (answer.kind !== "answered") return answer.text;
  const error = objectOf(answer.body?.error);
  return [firstText(error, "code"), firstText(error, "message") ?? `HTTP ${answer.status}`].filter(Boolean).join(" · ");
}

function digitsOf(phone: string): string {
  return phone.replace(/\D/g, "");
}

function passed(name: string): CheckLine {
  return { check: name, result: "pass", reason: null, detail: null };
}

function failed(name: string, reason: string, answer: ApiAnswer): CheckLine {
  return { check: name, result: "fail", reason, detail: wordsOf(answer) };
}

function undecided(name: string, answer: ApiAnswer): CheckLine {
  const reason = answer.kind === "answered" ? "not_checked" : "provider_unreachable";
  return { check: name, result: "unknown", reason, detail: wordsOf(answer) };
}
