import type { Call } from "../calls/data.ts";
import type { ThreadMessage } from "./data.ts";

export interface MediaCard {
  kind: "image" | "audio" | "voice" | "video" | "document" | "sticker";
  name: string | null;
  /** "JPEG", "PDF" … */
  type: string | null;
  bytes: number | null;
  failed: boolean;
}

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const words = (value: unknown): string | null =>
  typeof value === "string" && value.trim() ? value : typeof value === "number" ? String(value) : null;
const kinds = ["image", "audio", "video", "document", "sticker"] as const;

/** The files of a message, as cards. */
export function readMedia({ media, data }: Pick<ThreadMessage, "media" | "data">): MediaCard[] {
  return media.map((entry) => {
    const file = fields(entry);
    const kind = kinds.find((known) => known === file["kind"]) ?? "document";
    const type = words(file["mimeType"])?.split(";")[0]?.split("/")[1]?.split(".").at(-1)?.toUpperCase() ?? null;
    return {
      kind: kind === "audio" && data?.["voice"] === true ? "voice" : kind,
      name: words(file["fileName"]),
      type: type && type.length <= 8 ? type : null,
      bytes: typeof file["bytes"] === "number" ? file["bytes"] : null,
      failed: words(file["error"]) !== null,
    };
  });
}

/** The approved message that one of ours is; null for free text. */
export function readTemplate({ data }: Pick<ThreadMessage, "data">): { name: string; buttons: string[] } | null {
  const template = fields(data?.["template"]);
  const name = words(template["name"]);
  const buttons = Array.isArray(template["buttons"]) ? template["buttons"].flatMap((label) => words(label) ?? []) : [];
  return name === null ? null : { name, buttons };
}

/** Where a shared position is; null when its numbers make no sense. */
export function readPlace({ data }: Pick<ThreadMessage, "data">): { latitude: number; longitude: number } | null {
  const place = fields(data?.["location"]);
  const [latitude, longitude] = [Number(words(place["latitude"]) ?? NaN), Number(words(place["longitude"]) ?? NaN)];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

/** Shared contact cards: a name and the ways to reach them. */
export function readContacts({
  data,
}: Pick<ThreadMessage, "data">): { name: string | null; phones: string[]; emails: string[] }[] {
  const cards = data?.["contacts"];
  if (!Array.isArray(cards)) return [];
  return cards.map((entry) => {
    const card = fields(entry);
    const name = fields(card["name"]);
    return {
      name: words(name["formatted_name"]) ?? words(name["first_name"]),
      phones: listed(card["phones"], "phone"),
      emails: listed(card["emails"], "email"),
    };
  });
}

function listed(list: unknown, field: string): string[] {
  return Array.isArray(list) ? list.flatMap((entry) => words(fields(entry)[field]) ?? []) : [];
}

/** A phone call as its line shows it. */
export interface CallCard {
  /** null for a call from before calls were kept. */
  id: string | null;
  status: Call["status"];
  seconds: number | null;
  underWay: boolean;
  missed: boolean;
  summary: string | null;
  sentiment: Call["sentiment"];
  cost: { cents: number; currency: string } | null;
  turns: number;
  recorded: boolean;
  endedReason: string | null;
}

const callStatuses = [
  "queued",
  "ringing",
  "in_progress",
  "forwarded",
  "voicemail",
  "completed",
  "no_answer",
  "busy",
  "failed",
  "canceled",
] as const;
const sentiments = ["positive", "neutral", "negative", "mixed"] as const;

export function readCall({ data }: Pick<ThreadMessage, "data">): CallCard {
  const call = fields(data);
  const cost = fields(call["cost"]);
  const currency = words(cost["currency"]);
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  const cents = number(cost["cents"]);
  return {
    id: words(call["callId"]),
    status: callStatuses.find((known) => known === call["status"]) ?? "completed",
    seconds: number(call["seconds"]),
    underWay: call["underWay"] === true,
    missed: call["missed"] === true,
    summary: words(call["summary"]),
    sentiment: sentiments.find((known) => known === call["sentiment"]) ?? null,
    cost: cents !== null && currency !== null ? { cents, currency } : null,
    turns: number(call["turns"]) ?? 0,
    recorded: call["recorded"] === true,
    endedReason: words(call["endedReason"]),
  };
}

/** What a thread shows of a mail without opening it; null for a message that is none. */
export interface MailHead {
  subject: string | null;
  from: string[];
  to: string[];
  cc: string[];
  /** Sent by a program. */
  automatic: boolean;
  /** It has HTML, and that says more than its text. */
  html: boolean;
  layout: boolean;
  /** Folded away. */
  quoted: boolean;
  signature: boolean;
}

export function readMail({ data, subject }: Pick<ThreadMessage, "data" | "subject">): MailHead | null {
  const mail = fields(data?.["mail"]);
  if (subject === null && data?.["mail"] === undefined) return null;
  const has = (name: string) => mail[name] === true;
  return {
    subject: subject ?? words(mail["subject"]),
    from: people(mail["from"]),
    to: people(mail["to"]),
    cc: people(mail["cc"]),
    automatic: data?.["automatic"] === true,
    html: has("html"),
    layout: has("layout"),
    quoted: has("quoted"),
    signature: has("signature"),
  };
}

function people(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const { name, address } = fields(entry);
    const at = words(address);
    return at === null ? [] : [words(name) === null ? at : `${words(name)} <${at}>`];
  });
}
