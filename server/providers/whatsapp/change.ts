import type { JsonObject } from "../contract.ts";
import { firstText, instantOf, objectOf } from "../read-json.ts";

/**
 * One event in Meta's own words: a change of an entry that holds one item of one list. This is the
 * shape of {@link EventPart.payload} for WhatsApp, so that a replay reads what the log kept.
 */
export interface Change {
  accountId: string | null;
  /** Seconds or milliseconds, by the entry; account events carry no other time. */
  entryTime: Date | null;
  field: string;
  value: JsonObject | null;
  metadata: JsonObject | null;
}

/** The lists a value may hold, and what the log calls one of their items. */
export const itemLists = {
  messages: "message",
  statuses: "status",
  message_echoes: "echo",
  user_preferences: "preference",
  user_id_update: "user_id_update",
  calls: "call",
  groups: "group",
} as const;
export type ItemList = keyof typeof itemLists;
export const itemListNames = Object.keys(itemLists) as ItemList[];

export function readChange(payload: JsonObject): Change {
  const value = objectOf(payload.value);
  return {
    accountId: firstText(payload, "id"),
    entryTime: instantOf(payload.time),
    field: firstText(payload, "field") ?? "unknown",
    value,
    metadata: objectOf(value?.metadata),
  };
}
