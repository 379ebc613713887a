import type { JsonObject, PersonRef } from "../contract.ts";
import { instantOf, objectOf, unknownOf } from "../read-json.ts";
import type { Change } from "./change.ts";
import { namedIn, personOf } from "./contact.ts";

/** What every parser of one WhatsApp event is given, and where it notes what it did not understand. */
export interface Reading {
  change: Change;
  item: JsonObject;
  /** The customer's side, or null when nobody is named. */
  person: PersonRef | null;
  occurredAt: Date;
  unknowns: string[];
}

export function startReading(change: Change, item: JsonObject, receivedAt: Date): Reading {
  const contacts = change.value?.contacts;
  const contact = Array.isArray(contacts) ? objectOf(contacts[0]) : null;
  const reading: Reading = {
    change,
    item,
    person: personOf(namedIn(item, change.metadata), contact),
    occurredAt: instantOf(item.timestamp) ?? change.entryTime ?? receivedAt,
    unknowns: [],
  };
  if (item.timestamp !== undefined && instantOf(item.timestamp) === null) {
    reading.unknowns.push(unknownOf("timestamp", item.timestamp));
  }
  return reading;
}
