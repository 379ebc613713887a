import { composeFromParts, mailKeysFor, mailPart } from "#server/mail/index.ts";
import type { EventPart, Json, JsonObject, RawPost } from "../contract.ts";
import { MalformedPost } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, listOf, objectOf, readJson, textOf } from "../read-json.ts";

/** One post is one mail that came in, or one event of a mail that went out. */
export async function split({ body }: RawPost): Promise<EventPart[]> {
  const source = objectOf(readJson(body));
  if (!source) throw new MalformedPost("no object");
  if (Object.hasOwn(source, "RecordType")) return [eventPart(source)];
  if (Object.hasOwn(source, "GuichetTest")) return [eventPart({ ...source, RecordType: "Test" })];
  if (!Object.hasOwn(source, "From") && !Object.hasOwn(source, "RawEmail")) throw new MalformedPost("no mail");
  return [await inboundPart(source)];
}

function eventPart(event: JsonObject): EventPart {
  const metadata = objectOf(event.Metadata);
  const id = firstText(event, "MessageID");
  const at = firstText(event, "BouncedAt", "DeliveredAt", "ReceivedAt", "ChangedAt");
  const key = firstText(event, "ID") ?? [id, firstText(event, "Recipient", "Email"), at].join(" ");
  const type = firstText(event, "RecordType") ?? "unknown";
  // A mail's content is not an event's.
  const kept = Object.fromEntries(Object.entries(event).filter(([name]) => name !== "Content"));
  return {
    routingKeys: mailKeysFor("postmark", [firstText(metadata, "guichet_from"), firstText(event, "From")]),
    type: `event.${type.toLowerCase()}`.slice(0, 64),
    externalId: id === null ? null : keyOf(id),
    dedupeKey: keyOf(`event:${type}:${id === null && !event.ID ? hashOf(event) : key}`),
    customerIdentifier: shortOf(firstText(event, "Recipient", "Email")),
    occurredAt: instantOf(at),
    payload: { event: kept },
  };
}

async function inboundPart(source: JsonObject): Promise<EventPart> {
  const own = [
    firstText(source, "OriginalRecipient"),
    ...["ToFull", "CcFull", "BccFull"].flatMap((name) =>
      listOf(source[name]).map((one) => firstText(objectOf(one), "Email")),
    ),
  ].flatMap((address) => address ?? []);
  const raw = firstText(source, "RawEmail");
  const bytes = raw ? new TextEncoder().encode(raw) : await composed(source);
  const [delivered] = own;
  return mailPart(bytes, { routingKeys: mailKeysFor("postmark", own), own: delivered ? [delivered] : [] });
}

async function composed(source: JsonObject): Promise<Uint8Array> {
  const shown: [string, string][] = (
    [
      ["From", addressOf(source.FromFull) ?? firstText(source, "From")],
      ["To", firstText(source, "To")],
      ["Cc", firstText(source, "Cc")],
      ["Reply-To", firstText(source, "ReplyTo")],
      ["Subject", firstText(source, "Subject")],
      ["Date", firstText(source, "Date")],
    ] satisfies [string, string | null][]
  ).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]));
  const names = new Set(shown.map(([name]) => name.toLowerCase()));
  const others = listOf(source.Headers)
    .map(objectOf)
    .flatMap((one): [string, string][] => {
      const name = firstText(one, "Name");
      return name && !names.has(name.toLowerCase()) ? [[name, firstText(one, "Value") ?? ""]] : [];
    });
  return composeFromParts({
    headers: [...shown, ...others],
    text: firstText(source, "TextBody"),
    html: firstText(source, "HtmlBody"),
    files: listOf(source.Attachments)
      .slice(0, 200)
      .map(objectOf)
      .map((file) => ({
        name: firstText(file, "Name"),
        type: firstText(file, "ContentType") ?? "application/octet-stream",
        bytes: Buffer.from(firstText(file, "Content", "Data") ?? "", "base64"),
        contentId: firstText(file, "ContentID")?.replaceAll(/^cid:|^<|>$/g, "") ?? null,
      })),
  });
}

function addressOf(value: Json | undefined): string | null {
  const [address, name] = [textOf(objectOf(value)?.Email), firstText(objectOf(value), "Name")];
  return address && name ? `"${name.replaceAll(/["\\\r\n]/g, "")}" <${address}>` : address;
}

function shortOf(text: string | null): string | null {
  return text === null ? null : keyOf(text);
}
