import { buffer } from "node:stream/consumers";
import type Mail from "nodemailer/lib/mailer";
import { digest } from "#server/core/crypto.ts";
import type { OutboundMail, OutboundMessage } from "#server/providers/contract.ts";
import { ownMessageId } from "./message-ids.ts";

/** A mail in parts, as vendors hand it over who do not hand over the mail itself. */
export interface MailParts {
  /** The original headers, name and value, in order. */
  headers: readonly (readonly [string, string])[];
  text: string | null;
  html: string | null;
  files: readonly { name: string | null; type: string; bytes: Uint8Array; contentId: string | null }[];
}

/** Headers that say how the original was packed: what we pack is packed anew. */
const packing = /^(?:content-(?:type|transfer-encoding|disposition|length)|mime-version|bcc)$/i;

/**
 * Puts a mail together again, so that it is read, kept and shown as any other. The same parts make the
 * same bytes.
 */
export async function composeFromParts({ headers, text, html, files }: MailParts): Promise<Uint8Array> {
  const kept = headers.filter(([name]) => /^[!-9;-~]{1,76}$/.test(name) && !packing.test(name));
  const options: Mail.Options & { baseBoundary: string } = {
    ...(text === null ? {} : { text }),
    ...(html === null ? {} : { html }),
    attachments: files.map((file) => ({
      filename: file.name ?? false,
      contentType: file.type,
      content: Buffer.from(file.bytes),
      ...(file.contentId === null ? {} : { cid: file.contentId }),
    })),
    baseBoundary: digest(JSON.stringify([kept, text, html])).slice(0, 16),
    messageId: "<placeholder@guichet.invalid>",
    date: new Date(0),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const packed = await buffer(new MailComposer(options).compile().createReadStream());
  const lines = packed.toString("latin1");
  const ends = lines.indexOf("\r\n\r\n");
  const own = unfolded(lines.slice(0, ends)).filter((line) => /^(?:content-|mime-version)/i.test(line));
  const original = kept.map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n]+[ \t]*/g, "\r\n ")}`);
  return Buffer.concat([
    Buffer.from(`${[...original, ...own].join("\r\n")}\r\n\r\n`, "utf8"),
    packed.subarray(ends + 4),
  ]);
}

function unfolded(head: string): string[] {
  return head.split(/\r\n(?![ \t])/);
}

/** Headers as one text, as vendors hand them over, in name and value. */
export function headersIn(text: string): [string, string][] {
  return text
    .slice(0, 256 * 1024)
    .split(/\r?\n(?![ \t])/)
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : [];
    });
}

/** What a message is as a mail: what it was written as, or a plain one that carries its first words as subject. */
export function mailOf(message: OutboundMessage, address: string): OutboundMail {
  return (
    message.mail ?? {
      messageId: ownMessageId(message.id, address),
      subject: message.text.split("\n", 1)[0]?.slice(0, 80) ?? "",
      html: null,
      cc: [],
      inReplyTo: message.replyToId,
      references: message.replyToId === null ? [] : [message.replyToId],
      replyTo: null,
      automatic: false,
    }
  );
}

/** Headers that make a mail an answer in its thread, and mark it where a program wrote it (RFC 3834). */
export function threadHeaders(mail: OutboundMail): Record<string, string> {
  return {
    "Message-ID": mail.messageId,
    ...(mail.inReplyTo === null ? {} : { "In-Reply-To": mail.inReplyTo }),
    ...(mail.references.length === 0 ? {} : { References: mail.references.join(" ") }),
    ...(mail.automatic ? { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" } : {}),
  };
}

/** The mail itself, for vendors that take it whole. */
export async function composeOutgoing(
  from: { address: string; name: string },
  message: OutboundMessage,
  extra: Readonly<Record<string, string>> = {},
): Promise<{ mail: OutboundMail; raw: Buffer; recipients: string[] }> {
  const mail = mailOf(message, from.address);
  const { "Message-ID": messageId, ...headers } = threadHeaders(mail);
  const files = await Promise.all(
    (message.files ?? []).map(async (file) => ({
      filename: file.fileName ?? (false as const),
      contentType: file.mimeType,
      content: Buffer.from(await file.read()),
      ...(file.contentId === undefined ? {} : { cid: file.contentId, contentDisposition: "inline" as const }),
    })),
  );
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composer = new MailComposer({
    from,
    to: message.to.value,
    cc: mail.cc,
    ...(mail.replyTo === null ? {} : { replyTo: { name: from.name, address: mail.replyTo } }),
    subject: mail.subject,
    ...(messageId === undefined ? {} : { messageId }),
    text: message.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    headers: { ...headers, ...extra },
    attachments: files,
    disableUrlAccess: true,
    disableFileAccess: true,
  });
  const raw = await buffer(composer.compile().createReadStream());
  return { mail, raw, recipients: [...new Set([message.to.value, ...mail.cc])] };
}
