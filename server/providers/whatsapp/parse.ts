import type { InboundEvent, JsonObject, ParsedEvent } from "../contract.ts";
import { listOf, objectOf, unknownKeys, unknownOf } from "../read-json.ts";
import { itemListNames, itemLists, readChange, type Change, type ItemList } from "./change.ts";
import { known } from "./known-fields.ts";
import { parseAccount } from "./parse-account.ts";
import { parseCall } from "./parse-call.ts";
import { parseGroup } from "./parse-group.ts";
import { parseMessage } from "./parse-message.ts";
import { parsePreference } from "./parse-preference.ts";
import { parseStatus } from "./parse-status.ts";
import { parseUserIdUpdate } from "./parse-system.ts";
import { startReading, type Reading } from "./reading.ts";

const parsers: Record<ItemList, (reading: Reading) => InboundEvent> = {
  messages: (reading) => parseMessage(reading, "in"),
  message_echoes: (reading) => parseMessage(reading, "out"),
  statuses: parseStatus,
  user_preferences: parsePreference,
  user_id_update: parseUserIdUpdate,
  calls: parseCall,
  groups: parseGroup,
};

/** What one event of a WhatsApp post means. Pure; unknown input is `ignored` and says why. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const change = readChange(payload);
  const list = itemListNames.find((name) => listOf(change.value?.[name]).length > 0);
  if (!list) return parseAccount(change, receivedAt);
  const item = objectOf(listOf(change.value?.[list])[0]);
  if (!item) return malformed(list, change);
  const reading = startReading(change, item, receivedAt);
  const event = parsers[list](reading);
  return { event, unknowns: [...unknownOfValue(change), ...reading.unknowns] };
}

function malformed(list: ItemList, change: Change): ParsedEvent {
  return {
    event: { kind: "ignored", why: `${itemLists[list]} is not an object` },
    unknowns: [unknownOf(list, listOf(change.value?.[list])[0])],
  };
}

function unknownOfValue({ value }: Change): string[] {
  const contact = objectOf(listOf(value?.contacts)[0]);
  return [...unknownKeys(value, known.value, "value"), ...unknownKeys(contact, known.contact, "contacts[]")];
}
