import type { EventPart, Json, JsonObject } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, objectOf } from "../read-json.ts";
import { itemLists, readChange, type ItemList } from "./change.ts";
import { namedIn } from "./contact.ts";
import { kindOfMessage } from "./message-kind.ts";

/** Names, routes and keys one item of a list, alone in its change. */
export function describeItem(shell: JsonObject, list: ItemList, item: Json, shared: JsonObject): EventPart {
  const payload: JsonObject = { ...shell, value: { ...shared, [list]: [item] } };
  const source = objectOf(item);
  const named = namedIn(source, objectOf(shared.metadata));
  const customer = named.phone ?? named.userId ?? customerOfContact(shared);
  return {
    routingKeys: routingKeys(payload),
    type: typeOf(list, source),
    externalId: keyOrNull(firstText(source, "id")),
    dedupeKey: keyOf(dedupeKey(list, source, item, customer)),
    customerIdentifier: keyOrNull(customer),
    occurredAt: instantOf(source?.timestamp) ?? instantOf(shell.time),
    payload,
  };
}

/** The same for a change that holds no items: account, template, quality and unknown fields. */
export function describeWhole(shell: JsonObject, value: Json): EventPart {
  const payload: JsonObject = { ...shell, value };
  const field = firstText(shell, "field") ?? "unknown";
  const source = objectOf(value);
  const event = firstText(source, "event");
  return {
    routingKeys: routingKeys(payload),
    type: word(event === null ? field : `${field}.${event}`),
    externalId: null,
    dedupeKey: keyOf(`${field}:${firstText(shell, "id")}:${firstText(shell, "time")}:${hashOf(value)}`),
    customerIdentifier: null,
    occurredAt: instantOf(source?.timestamp) ?? instantOf(shell.time),
    payload,
  };
}

/** `whatsapp:number:…` for what concerns a number, `whatsapp:account:…` for the rest. */
function routingKeys(payload: JsonObject): string[] {
  const { accountId, metadata, value } = readChange(payload);
  const settings = objectOf(value?.phone_number_settings);
  const number = firstText(metadata, "phone_number_id") ?? firstText(settings, "phone_number_id");
  if (number !== null) return [keyOf(`whatsapp:number:${number}`)];
  return accountId === null ? [] : [keyOf(`whatsapp:account:${accountId}`)];
}

function typeOf(list: ItemList, item: JsonObject | null): string {
  const kind = itemLists[list];
  if (!item) return `${kind}.malformed`;
  if (list === "messages" || list === "message_echoes") return word(`${kind}.${kindOfMessage(item)}`);
  const call = firstText(item, "type") === "call" ? "call." : "";
  const detail = firstText(item, "status", "value", "event", "type");
  return word(detail === null ? kind : `${kind}.${call}${detail}`);
}

function dedupeKey(list: ItemList, source: JsonObject | null, item: Json, customer: string | null): string {
  const kind = itemLists[list];
  const id = firstText(source, "id");
  if (id === null) return `${kind}:${hashOf(item)}`;
  if (list === "statuses") return `${kind}:${id}:${firstText(source, "status")}:${customer}`;
  if (list === "calls") return `${kind}:${id}:${firstText(source, "event")}`;
  return `${kind}:${id}`;
}

function customerOfContact(shared: JsonObject): string | null {
  const contact = Array.isArray(shared.contacts) ? objectOf(shared.contacts[0]) : null;
  return firstText(contact, "wa_id", "user_id");
}

function keyOrNull(id: string | null): string | null {
  return id === null ? null : keyOf(id);
}

function word(type: string): string {
  return type
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, "_")
    .slice(0, 64)
    .toWellFormed();
}
