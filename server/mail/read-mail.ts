import type { Attachment, ParsedMail, SimpleParserOptions } from "mailparser";
import { digest } from "#server/core/crypto.ts";
import { MalformedPost } from "#server/providers/contract.ts";
import { storableText } from "#server/providers/read-json.ts";
import { addressesIn } from "./addresses.ts";
import { mailLimits } from "./limits.ts";
import type { MailFile, MailPayload, MailReport } from "./mail-payload.ts";
import { messageIdsIn } from "./message-ids.ts";
import { inTurn } from "./reading-room.ts";

/** A mail, read. */
export interface ReadMail {
  payload: MailPayload;
  /** Bytes of each of `payload.files`, in the same order. */
  files: Uint8Array[];
}

/** Headers that say what kind of mail it is, where it came from, and whom it was for. */
const keptHeaders = [
  "auto-submitted",
  "content-type",
  "delivered-to",
  "envelope-to",
  "importance",
  "list-id",
  "list-unsubscribe",
  "precedence",
  "return-path",
  "x-autoreply",
  "x-autorespond",
  "x-auto-response-suppress",
  "x-failed-recipients",
  "x-mailer",
  "x-original-to",
] as const;

/** Parts that are a machine's report of another mail, and no file for a person. */
const reportTypes: Readonly<Record<string, MailReport["kind"] | "original">> = {
  "message/delivery-status": "delivery",
  "message/global-delivery-status": "delivery",
  "message/feedback-report": "feedback",
  "text/rfc822-headers": "original",
  "message/rfc822": "original",
  "message/global": "original",
};

/**
 * Reads a mail as it came from the wire: its headers, its text, and the files it carries. Bounded in
 * size and parts, and so in depth; mails that together would fill the memory wait for one another.
 * Throws {@link MalformedPost} for what is too large or no mail at all.
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  if (bytes.length > mailLimits.bytes) throw new MalformedPost("mail too large");
  return inTurn(bytes.length, async () => {
    const mail = await parseMime(bytes);
    if (mail.headerLines === undefined || mail.headerLines.length === 0) throw new MalformedPost("no mail");
    return compose(mail, bytes);
  });
}

async function parseMime(bytes: Uint8Array): Promise<ParsedMail> {
  const options: SimpleParserOptions & { maxHeadSize: number; maxChildNodes: number } = {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepCidLinks: true,
    keepDeliveryStatus: true,
    checksumAlgo: "sha256",
    maxHeadSize: mailLimits.headerBytes,
    maxChildNodes: mailLimits.parts,
  };
  const { simpleParser } = await import("mailparser");
  try {
    return await simpleParser(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), options);
  } catch (error) {
    throw new MalformedPost(`unreadable mail: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function compose(mail: ParsedMail, bytes: Uint8Array): ReadMail {
  const cut: string[] = [];
  const keep = (text: string | false | undefined, most: number, what: string): string | null => {
    if (!text) return null;
    if (text.length > most) cut.push(what);
    return storableText(text.slice(0, most));
  };
  const headers = headersOf(mail);
  // A part whose type is empty has none at all, whatever mailparser's types say.
  const attachments = mail.attachments.map((file) => ({ ...file, contentType: file.contentType || unnamedType }));
  const reported = attachments.filter(({ contentType }) => isReport(contentType, headers));
  const files = attachments.filter((file) => !reported.includes(file)).slice(0, mailLimits.parts);
  const raw = { sha256: digest(bytes), bytes: bytes.length };
  const payload: MailPayload = {
    messageId: messageIdsIn(rawHeader(mail, "message-id") ?? "")[0] ?? `sha256:${raw.sha256}`,
    from: addressesIn(mail.from),
    sender: addressesIn(mail.headers.get("sender") as ParsedMail["from"]),
    replyTo: addressesIn(mail.replyTo),
    to: addressesIn(mail.to),
    cc: addressesIn(mail.cc),
    subject: keep(mail.subject, 1000, "subject"),
    inReplyTo: messageIdsIn(rawHeader(mail, "in-reply-to") ?? "").slice(0, 10),
    references: messageIdsIn(rawHeader(mail, "references") ?? "").slice(-mailLimits.references),
    date: dateOf(rawHeader(mail, "date")),
    text: keep(mail.text, mailLimits.text, "text"),
    html: keep(mail.html, mailLimits.html, "html"),
    headers,
    files: files.map(describe),
    report: reportIn(reported),
    original: originalIn(reported),
    raw,
    cut,
  };
  return { payload, files: files.map((file) => file.content) };
}

/** A forwarded mail is a file; the mail that a report is about is part of the report. */
function isReport(contentType: string, headers: MailPayload["headers"]): boolean {
  const kind = reportTypes[contentType.toLowerCase()];
  if (kind === "original") {
    return (
      /^multipart\/report/i.test(headers["content-type"] ?? "") ||
      contentType === "text/rfc822-headers" ||
      isFromDaemon(headers)
    );
  }
  return kind !== undefined;
}

function isFromDaemon(headers: MailPayload["headers"]): boolean {
  return headers["return-path"]?.trim() === "<>" || headers["x-failed-recipients"] !== undefined;
}

function headersOf(mail: ParsedMail): MailPayload["headers"] {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = rawHeader(mail, name);
      return value === null ? [] : [[name, storableText(value).slice(0, 1000).toWellFormed()]];
    }),
  );
}

/** The first header of that name, unfolded, as it came. */
function rawHeader(mail: ParsedMail, name: string): string | null {
  const line = mail.headerLines.find(({ key }) => key === name)?.line;
  if (line === undefined) return null;
  return line
    .slice(line.indexOf(":") + 1, 200_000)
    .replaceAll(/\r?\n\s*/g, " ")
    .trim();
}

function dateOf(value: string | null): string | null {
  if (!value || value.length > 100) return null;
  const date = new Date(value.replace(/\([^()]*\)\s*$/, ""));
  const time = date.getTime();
  return time > Date.UTC(1995, 0) && time < Date.UTC(2100, 0) ? date.toISOString() : null;
}

function describe(file: Attachment, index: number): MailFile {
  const contentId = storableText(file.cid ?? "")
    .slice(0, 255)
    .toWellFormed();
  return {
    index,
    name:
      storableText(file.filename ?? "")
        .slice(0, 255)
        .toWellFormed() || null,
    type: storableText(file.contentType).toLowerCase().slice(0, 127).toWellFormed(),
    bytes: file.content.length,
    sha256: digest(file.content),
    contentId: contentId || null,
    inline: contentId !== "" && (file.related || file.contentDisposition === "inline"),
  };
}

const unnamedType = "application/octet-stream";
const longestReport = 64 * 1024;

function reportIn(parts: readonly Attachment[]): MailReport | null {
  for (const { contentType, content } of parts) {
    const kind = reportTypes[contentType.toLowerCase()];
    if (kind === "delivery" || kind === "feedback") {
      return { kind, fields: storableText(content.subarray(0, longestReport).toString("utf8")) };
    }
  }
  return null;
}

function originalIn(parts: readonly Attachment[]): string | null {
  const part = parts.find(({ contentType }) => reportTypes[contentType.toLowerCase()] === "original");
  if (!part) return null;
  const text = storableText(part.content.subarray(0, longestReport).toString("utf8"));
  return text.split(/\r?\n\r?\n/, 1)[0] || null;
}
