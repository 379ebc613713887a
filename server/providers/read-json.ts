import { digest } from "#server/core/crypto.ts";
import { MalformedPost, type Json, type JsonObject } from "./contract.ts";

const deepest = 64;

/**
 * Reads a webhook body that must be JSON. Nesting is counted on the bytes first, so that a hostile
 * body exhausts no stack; characters that PostgreSQL refuses (NUL, lone surrogates) are taken out.
 * Throws {@link MalformedPost}.
 */
export function readJson(body: Uint8Array): Json {
  if (nestingOf(body) > deepest) throw new MalformedPost("nested too deeply");
  const text = new TextDecoder().decode(body);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new MalformedPost("not JSON");
  }
  return /\\u(?:0000|d[89a-f])/i.test(text) ? storable(value) : value;
}

/** The deepest level of arrays and objects in JSON bytes, without building anything. */
export function nestingOf(body: Uint8Array): number {
  let depth = 0;
  let deepestSeen = 0;
  let inText = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (inText) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x7b || byte === 0x5b) deepestSeen = Math.max(deepestSeen, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return deepestSeen;
}

/** Text that a PostgreSQL text or jsonb column accepts: no NUL, no half of a surrogate pair. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

function storable(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]));
}

export function objectOf(value: Json | undefined): JsonObject | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Non-empty text, or a number in words (providers write ids and times as either); else null. */
export function textOf(value: Json | undefined): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  return typeof value === "string" && value !== "" ? value : null;
}

/** The first key among `names` that the object holds, as text. */
export function firstText(source: JsonObject | null, ...names: string[]): string | null {
  for (const name of names) {
    const text = source && Object.hasOwn(source, name) ? textOf(source[name]) : null;
    if (text !== null) return text;
  }
  return null;
}

/** An instant written as Unix seconds or milliseconds, ISO 8601 or RFC 2822; null when it is none of them or absurd. */
export function instantOf(value: Json | undefined): Date | null {
  const text = textOf(value);
  if (text === null || text.length > 40) return null;
  const number = /^\d{9,13}$/.test(text) ? Number(text) : null;
  const date = new Date(
    number === null
      ? /^(?:\d{4}-\d\d-|[A-Z][a-z]{2}, \d)/.test(text)
        ? text
        : Number.NaN
      : number < 1e11
        ? number * 1000
        : number,
  );
  const time = date.getTime();
  return time > Date.UTC(2009, 0) && time < Date.UTC(2100, 0) ? date : null;
}

/** An id fit for a key column: kept as it is up to 255 characters, else its hash. */
export function keyOf(id: string): string {
  return id.length <= 255 ? id : `sha256:${digest(id)}`;
}

/** A name for an event no provider should have sent: the hash of its JSON. */
export function hashOf(value: Json | undefined): string {
  return digest(JSON.stringify(value ?? null))
    .slice(0, 32)
    .toWellFormed();
}

/** `path=value`, short enough to be listed. */
export function unknownOf(path: string, value: Json | undefined): string {
  const shown = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return `${path.slice(0, 80).toWellFormed()}=${shown.length > 60 ? `${shown.slice(0, 59).toWellFormed()}…` : shown}`;
}

/** Lists the keys of an object that are not known, as `path.key=value`. At most twenty. */
export function unknownKeys(source: JsonObject | null, known: ReadonlySet<string>, path: string): string[] {
  if (!source) return [];
  return Object.keys(source)
    .filter((key) => !known.has(key))
    .slice(0, 20)
    .map((key) => unknownOf(`${path}.${key}`, source[key]));
}
