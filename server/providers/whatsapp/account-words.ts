import type { InboundEvent, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";

type Severity = Extract<InboundEvent, { kind: "account" }>["severity"];

const critical = new Set([
  "ACCOUNT_DELETED",
  "ACCOUNT_OFFBOARDED",
  "ACCOUNT_RESTRICTION",
  "ACCOUNT_VIOLATION",
  "DISABLED_UPDATE",
  "PARTNER_REMOVED",
  "PARTNER_APP_UNINSTALLED",
  "FLAGGED",
]);
const warning = new Set([
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "PENDING_DELETION",
  "DOWNGRADE",
  "THROUGHPUT_DOWNGRADE",
  "YELLOW",
  "RED",
  "LOCKED",
  "BANNED",
  "SUSPENDED",
]);

/** How much an account event should trouble the admin. */
export function severityOf(field: string, value: JsonObject): Severity {
  const alert = objectOf(value.alert_info);
  const stated = firstText(alert, "alert_severity") ?? firstText(value, "alert_severity");
  if (stated === "CRITICAL") return "critical";
  if (stated === "WARNING") return "warning";
  const event = firstText(value, "event") ?? "";
  if (field === "account_update" && critical.has(event)) return "critical";
  const words = [event, firstText(value, "new_quality_score", "decision")];
  return words.some((word) => word !== null && (warning.has(word) || critical.has(word))) ? "warning" : "info";
}

/** One line with Meta's own words; the interface puts its translated topic above it. */
export function accountText(field: string, event: string | null, value: JsonObject): string {
  const template = firstText(value, "message_template_name");
  const language = firstText(value, "message_template_language");
  const change = ["previous", "new"]
    .map((when) => firstText(value, `${when}_quality_score`, `${when}_category`))
    .filter(Boolean)
    .join(" → ");
  const rejection = objectOf(value.rejection_info);
  const reason = firstText(value, "reason");
  const restrictions = listOf(value.restriction_info).map((item) => firstText(objectOf(item), "restriction_type"));
  const alert = objectOf(value.alert_info);
  const words = [
    event ?? field,
    template === null ? null : language === null ? template : `${template} (${language})`,
    change,
    reason === "NONE" ? null : reason,
    firstText(rejection, "reason"),
    firstText(rejection, "recommendation"),
    ...restrictions,
    firstText(alert, "alert_type", "alert_description") ?? firstText(value, "alert_type"),
    firstText(value, "display_phone_number", "current_limit"),
    firstText(objectOf(value.disconnection_info), "reason"),
    textOf(value.country),
  ];
  return words.filter(Boolean).join(" · ").slice(0, 500).toWellFormed();
}
