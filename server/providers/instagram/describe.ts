import type { EventPart, JsonObject } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, objectOf } from "../read-json.ts";
import { commenterOf, partiesOf } from "./person.ts";
import { readUpdate, testAccount, type Update } from "./update.ts";
import { kindOfMessage, kindOfUpdate, type UpdateKind } from "./update-kind.ts";

/** Names, routes and keys one event, alone in its envelope. */
export function describe(payload: JsonObject): EventPart {
  const update = readUpdate(payload);
  const kind = kindOfUpdate(update);
  const id = idOf(update, kind);
  return {
    routingKeys: routingKeys(update),
    type: word(typeOf(update, kind)),
    externalId: id === null ? null : keyOf(id),
    dedupeKey: keyOf(dedupeKey(update, kind, id)),
    customerIdentifier: customerOf(update, kind),
    occurredAt: instantOf(update.item?.timestamp) ?? instantOf(update.item?.created_time) ?? update.entryTime,
    payload,
  };
}

/** A dashboard's test names no account of anybody: at a channel's own address it is that channel's. */
function routingKeys({ accountId }: Update): string[] {
  return accountId === null || accountId === testAccount ? [] : [keyOf(`instagram:account:${accountId}`)];
}

/** The id of the message or comment that the event is, or speaks of. */
function idOf({ item }: Update, kind: UpdateKind): string | null {
  if (kind === "comment") return firstText(item, "id", "comment_id");
  if (kind === "mention") return firstText(item, "comment_id", "id", "media_id");
  const member = kind === "edit" ? "message_edit" : kind;
  return firstText(objectOf(item?.[member]), "mid");
}

function typeOf(update: Update, kind: UpdateKind): string {
  const { item, field } = update;
  switch (kind) {
    case "message": {
      const side = partiesOf(update).direction === "out" ? "echo" : "message";
      return `${side}.${kindOfMessage(objectOf(item?.message) ?? {})}`;
    }
    case "reaction":
      return `reaction.${firstText(objectOf(item?.reaction), "action") ?? "react"}`;
    case "comment":
      return field === "live_comments" ? "comment.live" : "comment";
    case "mention":
      return firstText(item, "comment_id") === null ? "mention.media" : "mention.comment";
    case "other":
      return field ?? "unknown";
    default:
      return kind;
  }
}

function dedupeKey(update: Update, kind: UpdateKind, id: string | null): string {
  const { item, accountId, entryTime } = update;
  const whole = `${kind}:${accountId}:${entryTime?.getTime()}:${hashOf(item ?? update.field)}`;
  if (id === null) return whole;
  switch (kind) {
    case "message":
      return objectOf(item?.message)?.is_deleted === true ? `revoke:${id}` : `message:${id}`;
    case "edit":
      return `edit:${id}:${firstText(objectOf(item?.message_edit), "num_edit") ?? hashOf(item)}`;
    case "reaction": {
      // The same heart given, taken back and given again differs by its time only.
      const action = firstText(objectOf(item?.reaction), "action");
      return `reaction:${id}:${firstText(objectOf(item?.sender), "id")}:${action}:${firstText(item, "timestamp")}`;
    }
    case "read":
    case "postback":
    case "comment":
    case "mention":
      return `${kind}:${id}`;
    default:
      return whole;
  }
}

function customerOf(update: Update, kind: UpdateKind): string | null {
  const named = kind === "comment" || kind === "mention";
  const id = named ? commenterOf(update.item).id : partiesOf(update).customerId;
  return id === null ? null : keyOf(id);
}

function word(type: string): string {
  return type
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, "_")
    .slice(0, 64)
    .toWellFormed();
}
