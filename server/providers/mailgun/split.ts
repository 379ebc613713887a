import { composeFromParts, fieldText, type FormFields, mailKeysFor, mailPart, readForm } from "#server/mail/index.ts";
import type { EventPart, Json, JsonObject, RawPost } from "../contract.ts";
import { MalformedPost } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, listOf, objectOf, readJson, textOf } from "../read-json.ts";

/** A webhook of today is JSON with the event in `event-data`; older ones and routes post forms. */
export async function split(post: RawPost): Promise<EventPart[]> {
  const fields = readForm(post);
  const data = fieldText(fields, "event-data");
  if (data) return [eventPart(objectOf(jsonOf(data)) ?? {}, fieldText(fields, "signature"))];
  if (fields.has("event")) return [legacyPart(fields)];
  if (fields.has("body-mime")) return [await mailOf(fields, fields.get("body-mime")![0]!.bytes)];
  if (fields.has("message-url") || isStored(fields)) return [storedPart(fields)];
  if (!fields.has("sender") && !fields.has("from")) throw new MalformedPost("no mail");
  return [await mailOf(fields, await composed(fields))];
}

function eventPart(event: JsonObject, signature: string | null): EventPart {
  const message = objectOf(objectOf(event.message)?.headers);
  const variables = objectOf(event["user-variables"]);
  const token = firstText(signature ? objectOf(jsonOf(signature)) : null, "token");
  const id = firstText(event, "id") ?? token;
  return {
    routingKeys: mailKeysFor("mailgun", [
      firstText(variables, "guichet_from"),
      firstText(objectOf(event.envelope), "sender"),
      addressIn(firstText(message, "from")),
    ]),
    type: `event.${firstText(event, "event") ?? "unknown"}`.slice(0, 64),
    externalId: shortOf(firstText(message, "message-id")),
    dedupeKey: keyOf(`event:${id ?? hashOf(event)}`),
    customerIdentifier: shortOf(firstText(event, "recipient")),
    occurredAt: instantOf(Math.floor(Number(textOf(event.timestamp))) || null),
    payload: { event },
  };
}

/** Forms of before 2018: the fields of one event, headers of its mail among them. */
function legacyPart(fields: FormFields): EventPart {
  const event: JsonObject = {};
  for (const name of fields.keys()) {
    const value = fieldText(fields, name);
    if (value !== null && !/^(?:signature|token|timestamp|body-.*|attachment-.*)$/.test(name))
      event[name] = value.slice(0, 4_000).toWellFormed();
  }
  const headers = headersOf(fields);
  const from = headers.find(([name]) => name.toLowerCase() === "from")?.[1] ?? null;
  const id =
    fieldText(fields, "Message-Id") ?? headers.find(([name]) => name.toLowerCase() === "message-id")?.[1] ?? null;
  const at = fieldText(fields, "timestamp");
  return {
    routingKeys: mailKeysFor("mailgun", [fieldText(fields, "guichet_from"), addressIn(from)]),
    type: `event.${fieldText(fields, "event") ?? "unknown"}`.slice(0, 64),
    externalId: shortOf(id),
    dedupeKey: keyOf(`event:${fieldText(fields, "token") ?? hashOf(event)}`),
    customerIdentifier: shortOf(fieldText(fields, "recipient")),
    occurredAt: instantOf(at),
    payload: { event: { ...event, ...(id === null ? {} : { "Message-Id": id }), timestamp: at } },
  };
}

async function mailOf(fields: FormFields, bytes: Uint8Array): Promise<EventPart> {
  const own = (fieldText(fields, "recipient") ?? "")
    .split(",")
    .slice(0, 50)
    .map((one) => one.trim());
  return mailPart(bytes, { routingKeys: mailKeysFor("mailgun", own), own });
}

async function composed(fields: FormFields): Promise<Uint8Array> {
  const ids = objectOf(jsonOf(fieldText(fields, "content-id-map") ?? "null")) ?? {};
  const files = [...fields].flatMap(([name, values]) =>
    /^attachment-\d+$/.test(name)
      ? values.map(({ fileName, type, bytes }) => ({
          name: fileName,
          type: type ?? "application/octet-stream",
          bytes,
          contentId:
            Object.entries(ids)
              .find(([, file]) => file === name)?.[0]
              .replaceAll(/^<|>$/g, "") ?? null,
        }))
      : [],
  );
  const headers = headersOf(fields);
  const shown = ["From", "To", "Subject"].flatMap((name): [string, string][] => {
    const value = fieldText(fields, name) ?? fieldText(fields, name.toLowerCase());
    return value ? [[name, value]] : [];
  });
  const sender = fieldText(fields, "sender");
  return composeFromParts({
    headers: headers.length > 0 ? headers : shown.length > 0 ? shown : [["From", sender ?? ""]],
    text: fieldText(fields, "body-plain"),
    html: fieldText(fields, "body-html"),
    files,
  });
}

/** The action `store()` hands over links instead of files. */
function isStored(fields: FormFields): boolean {
  return listOf(jsonOf(fieldText(fields, "attachments") ?? "null")).some(
    (one) => firstText(objectOf(one), "url") !== null,
  );
}

function storedPart(fields: FormFields): EventPart {
  const own = [fieldText(fields, "recipient")];
  const id = fieldText(fields, "Message-Id") ?? fieldText(fields, "token") ?? "";
  return {
    routingKeys: mailKeysFor("mailgun", own),
    type: "mail.stored",
    externalId: null,
    dedupeKey: keyOf(`stored:${id}`),
    customerIdentifier: shortOf(fieldText(fields, "sender")),
    occurredAt: instantOf(fieldText(fields, "timestamp")),
    payload: {
      stored: {
        sender: fieldText(fields, "sender"),
        subject: fieldText(fields, "subject"),
        url: fieldText(fields, "message-url"),
      },
    },
  };
}

function headersOf(fields: FormFields): [string, string][] {
  return listOf(jsonOf(fieldText(fields, "message-headers") ?? "null")).flatMap((pair): [string, string][] => {
    const [name, value] = listOf(pair);
    const [key, text] = [textOf(name), textOf(value)];
    return key && text !== null ? [[key, text]] : [];
  });
}

function jsonOf(text: string): Json {
  try {
    return readJson(new TextEncoder().encode(text));
  } catch {
    return null;
  }
}

function addressIn(text: string | null): string | null {
  return /[^\s<>"]+@[^\s<>"]+/.exec(text?.slice(0, 1000) ?? "")?.[0] ?? null;
}

function shortOf(text: string | null): string | null {
  return text === null ? null : keyOf(text);
}
