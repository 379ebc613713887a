import { type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, CheckLine, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import { getGraph } from "./client.ts";
import { refusalOf } from "./refusals.ts";

/** What the account must tell us about, for conversations and comments to arrive. */
const neededFields = ["messages", "comments"];

/** Asks Instagram what a person would look up in Meta's dashboard. Changes nothing there. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const [me, apps] = await Promise.all([
    getGraph(channel, "me", { fields: "user_id,username,account_type" }),
    getGraph(channel, "me/subscribed_apps"),
  ]);
  return [
    credentialLine(channel, me),
    accountLine(channel, me),
    subscriptionLine(channel, apps),
    // Instagram shows nobody which address its app posts to: the inbound test tells.
    { check: "webhook", result: "unknown", reason: "webhook_not_shown", detail: expected.webhookUrl },
  ];
}

function credentialLine(channel: ChannelAccess, me: ApiAnswer): CheckLine {
  const refusal = refusalOf(me, secretsOf(channel));
  if (!refusal) return passed("credential", null);
  if (refusal.outcome === "unknown" || refusal.class !== "channel") return undecided("credential", channel, me);
  const reason = refusal.code === "190" ? "token_rejected" : "token_lacks_permission";
  return { check: "credential", result: "fail", reason, detail: `${refusal.code} · ${refusal.text}` };
}

function accountLine(channel: ChannelAccess, me: ApiAnswer): CheckLine {
  const body = bodyOf(me);
  if (!body) return undecided("profile", channel, me);
  const { business_account_id: accountId = "", username = "" } = channel.credentials;
  const shown = firstText(body, "username") ?? "";
  if (firstText(body, "user_id", "id") !== accountId) {
    return { check: "profile", result: "fail", reason: "account_differs", detail: shown && `@${shown}` };
  }
  return shown.toLowerCase() === username
    ? passed("profile", `@${shown}`)
    : { check: "profile", result: "fail", reason: "username_differs", detail: `@${shown}` };
}

function subscriptionLine(channel: ChannelAccess, apps: ApiAnswer): CheckLine {
  const body = bodyOf(apps);
  if (!body) return undecided("events", channel, apps);
  const fields = new Set(listOf(body.data).flatMap((app) => listOf(objectOf(app)?.subscribed_fields).map(textOf)));
  const missing = neededFields.filter((field) => !fields.has(field));
  return missing.length === 0
    ? passed("events", [...fields].join(", "))
    : { check: "events", result: "fail", reason: "events_missing", detail: missing.join(", ") };
}

function bodyOf(answer: ApiAnswer): JsonObject | null {
  return answer.kind === "answered" && answer.status < 300 ? answer.body : null;
}

function passed(name: string, detail: string | null): CheckLine {
  return { check: name, result: "pass", reason: null, detail };
}

function undecided(name: string, channel: ChannelAccess, answer: ApiAnswer): CheckLine {
  const reason = answer.kind === "answered" ? "not_checked" : "provider_unreachable";
  const detail = refusalOf(answer, secretsOf(channel))?.text ?? null;
  return { check: name, result: "unknown", reason, detail };
}

function secretsOf({ credentials }: ChannelAccess): (string | undefined)[] {
  return [credentials.access_token, credentials.app_secret];
}
