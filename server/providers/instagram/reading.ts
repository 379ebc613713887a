import type { JsonObject } from "../contract.ts";
import { instantOf, unknownOf } from "../read-json.ts";
import type { Update } from "./update.ts";

/** What every parser of one Instagram event is given, and where it notes what it did not understand. */
export interface Reading {
  update: Update;
  item: JsonObject;
  occurredAt: Date;
  unknowns: string[];
}

export function startReading(update: Update, item: JsonObject, receivedAt: Date): Reading {
  const time = item.timestamp ?? item.created_time;
  const read = instantOf(time);
  const reading = { update, item, occurredAt: read ?? update.entryTime ?? receivedAt, unknowns: [] as string[] };
  if (time !== undefined && read === null) reading.unknowns.push(unknownOf("timestamp", time));
  return reading;
}
