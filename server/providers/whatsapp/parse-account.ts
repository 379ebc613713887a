import type { InboundEvent, ParsedEvent } from "../contract.ts";
import { firstText, instantOf, listOf, objectOf, unknownOf } from "../read-json.ts";
import type { Change } from "./change.ts";
import { accountText, severityOf } from "./account-words.ts";
import { templateNews } from "./template-news.ts";

/** Fields that report on the account, a template or the number's quality. */
const accountFields: ReadonlySet<string> = new Set([
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "account_update",
  "automatic_events",
  "business_capability_update",
  "business_status_update",
  "business_username_update",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "template_category_update",
  "template_correct_category_detection",
  "tracking_events",
]);
/** Fields that are understood and deliberately not acted on. */
const passedOver: Readonly<Record<string, string>> = {
  flows: "flow life cycle",
  guichet: "our own test of the channel",
  history: "past conversations are not imported",
  message_template_flow: "flow life cycle",
  smb_app_state_sync: "address book of the phone app is not imported",
  standby: "another app has the conversation",
};

/** A change without items: account, template and quality news, errors, and fields we do not know. */
export function parseAccount(change: Change, receivedAt: Date): ParsedEvent {
  const { field, value } = change;
  const passed = Object.hasOwn(passedOver, field) ? passedOver[field] : undefined;
  if (passed !== undefined) return ignored(passed);
  if (!value) return ignored("change without a value", unknownOf("field", field));
  const occurredAt = instantOf(value.timestamp) ?? change.entryTime ?? receivedAt;
  if (accountFields.has(field)) {
    const event = firstText(value, "event", "type", "requested_verified_name", "decision");
    const account: InboundEvent = {
      kind: "account",
      topic: topicOf(field, firstText(value, "event")),
      severity: severityOf(field, value),
      text: accountText(field, event, value),
      occurredAt,
      ...templateNews(field, value),
    };
    return { event: account, unknowns: [] };
  }
  const error = objectOf(listOf(value.errors)[0]);
  if (error) {
    const text = [firstText(error, "code"), firstText(error, "title", "message")].filter(Boolean).join(" · ");
    return {
      event: { kind: "account", topic: "errors", severity: "warning", text, occurredAt },
      unknowns: [],
    };
  }
  return ignored(`unknown field ${field.slice(0, 60).toWellFormed()}`, unknownOf("field", field));
}

function topicOf(field: string, event: string | null): string {
  return (event === null ? field : `${field}.${event}`).toLowerCase().slice(0, 64).toWellFormed();
}

function ignored(why: string, ...unknowns: string[]): ParsedEvent {
  return { event: { kind: "ignored", why }, unknowns };
}
