import { MalformedPost, type EventPart, type Json, type JsonObject } from "../contract.ts";
import { listOf, objectOf, readJson, textOf } from "../read-json.ts";
import { itemListNames } from "./change.ts";
import { contactOf } from "./contact.ts";
import { describeItem, describeWhole } from "./describe.ts";

/** Meta sends at most 1,000 updates a post; far beyond that it is not Meta. */
const mostEvents = 5000;
/** What siblings share is repeated in each part only while it is this small, in characters of JSON. */
const largestShared = 4096;
const perItem: ReadonlySet<string> = new Set(["messaging_product", "metadata", "contacts", ...itemListNames]);

/**
 * Splits a post of the WhatsApp Cloud API into its events: one for every message, status, echo,
 * preference, call and group, one for each change of another field. Items of a wrong type become
 * events that `parse` ignores, so that one bad item loses no other. Throws {@link MalformedPost}.
 */
export function split(body: Uint8Array): EventPart[] {
  const post = objectOf(readJson(body));
  if (!post) throw new MalformedPost("not an object");
  if (!Array.isArray(post.entry)) throw new MalformedPost("no entry list");
  const parts: EventPart[] = [];
  const isSmall = rememberSmall();
  for (const entry of post.entry) {
    const changes = objectOf(entry)?.changes;
    for (const change of Array.isArray(changes) ? changes : [entry]) {
      for (const part of splitChange(objectOf(entry), change, isSmall)) {
        if (parts.push(part) > mostEvents) throw new MalformedPost("too many events");
      }
    }
  }
  return parts;
}

function* splitChange(
  entry: JsonObject | null,
  change: Json,
  isSmall: (shared: JsonObject) => boolean,
): Generator<EventPart> {
  const value = objectOf(change)?.value ?? change;
  const shell: JsonObject = {
    id: textOf(entry?.id),
    time: entry?.time ?? null,
    field: textOf(objectOf(change)?.field) ?? "unknown",
  };
  const source = objectOf(value);
  const contacts = listOf(source?.contacts);
  const metadata = objectOf(source?.metadata);
  let rest = source && leftover(source);
  let whole = true;
  for (const list of itemListNames) {
    const items = listOf(source?.[list]);
    for (const item of items) {
      const contact = contactOf(contacts, item, metadata, items.length === 1);
      yield describeItem(shell, list, item, {
        ...rest,
        messaging_product: "whatsapp",
        ...(metadata && isSmall(metadata) ? { metadata } : {}),
        ...(contact && isSmall(contact) ? { contacts: [contact] } : {}),
      });
      // What belongs to no item in particular (errors, fields we do not know) is kept once.
      rest = null;
      whole = false;
    }
  }
  if (whole) yield describeWhole(shell, value);
}

function leftover(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !perItem.has(key)));
}

function rememberSmall(): (shared: JsonObject) => boolean {
  const known = new WeakMap<JsonObject, boolean>();
  return (shared) => {
    const small = known.get(shared) ?? JSON.stringify(shared).length <= largestShared;
    known.set(shared, small);
    return small;
  };
}
