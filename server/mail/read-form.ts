import type { Json, JsonObject, RawPost } from "#server/providers/contract.ts";
import { MalformedPost } from "#server/providers/contract.ts";
import { listOf, objectOf, readJson, storableText, textOf } from "#server/providers/read-json.ts";
import { mailLimits } from "./limits.ts";

/** One field of a form, its bytes as they came. */
export interface FormField {
  bytes: Uint8Array;
  fileName: string | null;
  type: string | null;
  contentId: string | null;
}

/** The fields of a post: `multipart/form-data`, a URL-encoded form, or a JSON object of the same names. */
export type FormFields = ReadonlyMap<string, readonly FormField[]>;

const mostFields = 1_000;

/** Throws {@link MalformedPost} for what is no form. Bounded, and without a copy of what it reads. */
export function readForm({ headers, body }: RawPost): FormFields {
  const type = headers["content-type"] ?? "";
  if (body.length > mailLimits.bytes + 1024 * 1024) throw new MalformedPost("form too large");
  const boundary = /^multipart\/form-data\b.*;\s*boundary="?([^";]{1,70})"?/is.exec(type)?.[1];
  if (boundary) return multipart(Buffer.from(body.buffer, body.byteOffset, body.byteLength), boundary);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return urlEncoded(body);
  if (body.length > 4 * 1024 * 1024) throw new MalformedPost("JSON too large");
  const source = objectOf(readJson(body));
  if (!source) throw new MalformedPost("no form");
  return fieldsOf(source);
}

/** A field's text, in UTF-8; null where it is missing or empty. */
export function fieldText(fields: FormFields, name: string): string | null {
  const [field] = fields.get(name) ?? [];
  if (!field) return null;
  return storableText(new TextDecoder().decode(field.bytes)) || null;
}

function multipart(body: Buffer, boundary: string): FormFields {
  const fields = new Map<string, FormField[]>();
  const delimiter = Buffer.from(`--${boundary}`, "latin1");
  let at = body.indexOf(delimiter);
  if (at !== 0 && body[at - 1] !== 0x0a) throw new MalformedPost("no multipart form");
  for (let count = 0; at >= 0; count++) {
    if (count > mostFields) throw new MalformedPost("too many fields");
    const start = at + delimiter.length;
    if (body.toString("latin1", start, start + 2) === "--") break;
    const next = nextDelimiter(body, delimiter, start);
    addField(fields, body.subarray(start, next < 0 ? body.length : next));
    at = next;
  }
  return fields;
}

/** A delimiter stands at the beginning of a line: elsewhere it is content. */
function nextDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  for (let at = body.indexOf(delimiter, from); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    if (body[at - 1] === 0x0a) return at;
  }
  return -1;
}

function addField(fields: Map<string, FormField[]>, part: Buffer): void {
  const crlf = part.indexOf("\r\n\r\n");
  const lf = part.indexOf("\n\n");
  const ends = crlf >= 0 && (lf < 0 || crlf < lf) ? { at: crlf, length: 4 } : { at: lf, length: 2 };
  if (ends.at < 0 || ends.at > 16 * 1024) return;
  const head = part.toString("utf8", 0, ends.at);
  const content = part.subarray(ends.at + ends.length);
  const tail = content.at(-1) === 0x0a ? (content.at(-2) === 0x0d ? 2 : 1) : 0;
  const disposition = header(head, "content-disposition") ?? "";
  const name = /[;\s]name="([^"]{0,200})"/i.exec(disposition)?.[1];
  if (name === undefined) return;
  put(fields, name, {
    bytes: content.subarray(0, content.length - tail),
    fileName: /[;\s]filename="([^"]{0,500})"/i.exec(disposition)?.[1] ?? null,
    type: header(head, "content-type"),
    contentId: header(head, "content-id"),
  });
}

function header(head: string, name: string): string | null {
  return new RegExp(`^${name}:[ \\t]*(.{1,1000})$`, "im").exec(head)?.[1]?.trim() ?? null;
}

function urlEncoded(body: Uint8Array): FormFields {
  const fields = new Map<string, FormField[]>();
  for (const [name, value] of [...new URLSearchParams(new TextDecoder().decode(body))].slice(0, mostFields)) {
    put(fields, name, plain(value));
  }
  return fields;
}

function fieldsOf(source: JsonObject): FormFields {
  const fields = new Map<string, FormField[]>();
  for (const [name, value] of Object.entries(source).slice(0, mostFields)) {
    const values = Array.isArray(value) ? listOf(value) : [value];
    for (const one of values) put(fields, name, plain(wordsOf(one)));
  }
  return fields;
}

const wordsOf = (value: Json): string => textOf(value) ?? (value === null || value === "" ? "" : JSON.stringify(value));

const plain = (text: string): FormField => ({
  bytes: new TextEncoder().encode(text),
  fileName: null,
  type: null,
  contentId: null,
});

function put(fields: Map<string, FormField[]>, given: string, field: FormField): void {
  const name = storableText(given);
  const before = fields.get(name);
  if (before) before.push(field);
  else fields.set(name, [field]);
}
