import {
  composeFromParts,
  fieldText,
  type FormFields,
  headersIn,
  mailKeysFor,
  mailPart,
  readForm,
} from "#server/mail/index.ts";
import type { EventPart, JsonObject, RawPost } from "../contract.ts";
import { MalformedPost } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, listOf, objectOf, readJson, textOf } from "../read-json.ts";

const mostEvents = 2_000;

/** An event webhook is a list of events; Inbound Parse posts one mail as a form, whole or taken apart. */
export async function split(post: RawPost): Promise<EventPart[]> {
  const first = post.body.find((byte) => byte > 0x20);
  if (first === 0x5b) return eventsOf(post.body);
  const fields = readForm(post);
  const test = fieldText(fields, "guichet_test");
  if (test) return [testPart(test, fieldText(fields, "from"))];
  return [await mailOf(fields)];
}

function eventsOf(body: Uint8Array): EventPart[] {
  const events = listOf(readJson(body)).slice(0, mostEvents).map(objectOf);
  if (events.length === 0) throw new MalformedPost("no event");
  return events.map((event) => {
    if (!event) throw new MalformedPost("no event");
    const id = firstText(event, "sg_event_id");
    return {
      routingKeys: mailKeysFor("sendgrid", [firstText(event, "guichet_from")]),
      type: `event.${firstText(event, "event") ?? "unknown"}`.slice(0, 64),
      externalId: shortOf(firstText(event, "smtp-id", "sg_message_id")),
      dedupeKey: keyOf(id ? `event:${id}` : `event:${hashOf(event)}`),
      customerIdentifier: shortOf(firstText(event, "email")),
      occurredAt: instantOf(event.timestamp),
      payload: { event },
    };
  });
}

async function mailOf(fields: FormFields): Promise<EventPart> {
  const envelope = envelopeOf(fields);
  const routing = { routingKeys: mailKeysFor("sendgrid", envelope), own: envelope };
  const [raw] = fields.get("email") ?? [];
  return mailPart(raw ? raw.bytes : await composed(fields), routing);
}

/** Whom the mail was delivered to, as SMTP was told: hidden copies name nobody in their headers. */
function envelopeOf(fields: FormFields): string[] {
  const envelope = fieldText(fields, "envelope");
  const told = envelope ? listOf(objectOf(readJson(new TextEncoder().encode(envelope)))?.to) : [];
  const addresses = told.flatMap((one) => textOf(one) ?? []).slice(0, 50);
  return addresses.length > 0
    ? addresses
    : [...(fieldText(fields, "to") ?? "").matchAll(/[^\s<>",;]+@[^\s<>",;]+/g)].map(([one]) => one).slice(0, 50);
}

async function composed(fields: FormFields): Promise<Uint8Array> {
  const headers = fieldText(fields, "headers");
  const from = fieldText(fields, "from");
  if (!headers && !from) throw new MalformedPost("no mail");
  const files = [...fields].flatMap(([name, values]) =>
    /^attachment\d+$/.test(name)
      ? values.map(({ fileName, type, bytes }) => ({
          name: fileName,
          type: type ?? "application/octet-stream",
          bytes,
          contentId: contentIdOf(fields, name),
        }))
      : [],
  );
  return composeFromParts({
    headers: headers
      ? headersIn(headers)
      : [
          ["From", from ?? ""],
          ["To", fieldText(fields, "to") ?? ""],
          ["Subject", fieldText(fields, "subject") ?? ""],
        ],
    text: fieldText(fields, "text"),
    html: fieldText(fields, "html"),
    files,
  });
}

/** `content-ids` is `{"<cid>": "attachment1"}`. */
function contentIdOf(fields: FormFields, name: string): string | null {
  const ids = fieldText(fields, "content-ids");
  const named = ids ? (objectOf(readJson(new TextEncoder().encode(ids))) ?? {}) : {};
  return Object.entries(named).find(([, file]) => file === name)?.[0] ?? null;
}

function testPart(id: string, from: string | null): EventPart {
  return {
    routingKeys: mailKeysFor("sendgrid", [from]),
    type: "test",
    externalId: null,
    dedupeKey: keyOf(`test:${id}`),
    customerIdentifier: null,
    occurredAt: null,
    payload: { test: id } satisfies JsonObject,
  };
}

function shortOf(text: string | null): string | null {
  return text === null ? null : keyOf(text);
}
