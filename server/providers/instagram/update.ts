import type { Json, JsonObject } from "../contract.ts";
import { firstText, instantOf, listOf, objectOf } from "../read-json.ts";

/**
 * One event in Meta's own words. It comes in one of three envelopes (`messaging[]` or `standby[]`,
 * `changes[]`, a flat `field` and `value`), each of which may hold a message. {@link EventPart.payload}
 * for Instagram is an entry of the same envelope with this one event alone.
 */
export interface Update {
  /** The professional account it came to. "0" in a test of the app dashboard. */
  accountId: string | null;
  entryTime: Date | null;
  /** The subscribed field, where the envelope names one. */
  field: string | null;
  item: JsonObject | null;
}

/** What the dashboard's "Test" button sends for. */
export const testAccount = "0";

/** The events of an entry, each alone in an entry of its own. */
export function* eventsOf(entry: JsonObject): Generator<JsonObject> {
  const shell: JsonObject = { id: entry.id ?? null, time: entry.time ?? null };
  for (const list of ["messaging", "standby", "changes"]) {
    for (const item of listOf(entry[list])) yield { ...shell, [list]: [item] };
  }
  if ("field" in entry || "value" in entry) {
    yield { ...shell, field: entry.field ?? null, value: entry.value ?? null };
  }
}

export function readUpdate(payload: JsonObject): Update {
  const shell = { accountId: firstText(payload, "id"), entryTime: instantOf(payload.time) };
  const item = itemOf(payload.messaging) ?? itemOf(payload.standby);
  if (item) return { ...shell, field: null, item };
  const change = itemOf(payload.changes) ?? payload;
  return { ...shell, field: firstText(change, "field"), item: objectOf(change.value) };
}

function itemOf(list: Json | undefined): JsonObject | null {
  return objectOf(listOf(list)[0]);
}
