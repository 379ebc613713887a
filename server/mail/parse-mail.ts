import type { JsonObject, MediaRef, ParsedEvent, PersonRef } from "#server/providers/contract.ts";
import { canonicalEmail, isOwn, mailboxOf } from "./addresses.ts";
import { foldQuoted } from "./fold-quoted.ts";
import { isAutomatic } from "./is-automatic.ts";
import type { MailAddress, MailPayload } from "./mail-payload.ts";
import { mediaIdOf } from "./media-id.ts";
import { conversationOfAddress, ownMessageOf } from "./message-ids.ts";
import { readBounce } from "./read-bounce.ts";
import { payloadOf } from "./reading-payload.ts";
import { textOfHtml } from "./text-of-html.ts";

/**
 * What a mail means. `own` are the addresses of the mailbox: what they sent is an echo, and everybody
 * else is a participant. Pure; never throws, whatever the payload holds.
 */
export function parseMail(payload: JsonObject, receivedAt: Date, own: readonly string[]): ParsedEvent {
  const mail = payloadOf(payload);
  const unknowns = mail.cut.map((what) => `mail.${what}=cut`);
  return { event: eventOf(mail, receivedAt, own), unknowns };
}

function eventOf(mail: MailPayload, receivedAt: Date, own: readonly string[]): ParsedEvent["event"] {
  if (mail.messageId === "") return { kind: "ignored", why: "no mail" };
  if (mail.report?.kind === "feedback") return complaintOf(mail, receivedAt, own);
  const bounce = readBounce(mail);
  if (bounce?.originalId) {
    if (bounce.outcome === "delayed") return { kind: "ignored", why: "delivery delayed" };
    return {
      kind: "status",
      messageId: bounce.originalId,
      trackingId: ownMessageOf(bounce.originalId),
      status: bounce.outcome,
      error: bounce.outcome === "failed" ? { code: bounce.code, text: bounce.text } : null,
      occurredAt: timeOf(mail, receivedAt),
      costCents: null,
    };
  }
  if (bounce && mail.from.length === 0) return { kind: "ignored", why: "report of a mail that it does not name" };
  return sentByUs(mail, receivedAt, own) ?? messageOf(mail, receivedAt, own);
}

/** A copy of what we sent settles it; an automatic mail of ours that came round is the beginning of a loop. */
function sentByUs(mail: MailPayload, receivedAt: Date, own: readonly string[]): ParsedEvent["event"] | null {
  if (!mail.from.some(({ address }) => isOwn(address, own))) return null;
  const trackingId = ownMessageOf(mail.messageId);
  if (trackingId) {
    const occurredAt = timeOf(mail, receivedAt);
    return {
      kind: "status",
      messageId: mail.messageId,
      trackingId,
      status: "sent",
      error: null,
      occurredAt,
      costCents: null,
    };
  }
  const automatic = isAutomatic({ ...mail, from: [] }, own);
  const toOthers = [...mail.to, ...mail.cc].some(({ address }) => !isOwn(address, own));
  return automatic || !toOthers ? { kind: "ignored", why: "our own mail" } : null;
}

function messageOf(mail: MailPayload, receivedAt: Date, own: readonly string[]): ParsedEvent["event"] {
  const isEcho = mail.from.some(({ address }) => isOwn(address, own));
  const person = isEcho ? (mail.to.find(({ address }) => !isOwn(address, own)) ?? mail.cc[0]) : senderOf(mail, own);
  if (!person) return { kind: "ignored", why: "no sender" };
  const { text, quoted, signature } = foldQuoted(mail.text?.trim() ? mail.text : textOfHtml(mail.html ?? ""));
  return {
    kind: "message",
    direction: isEcho ? "out" : "in",
    messageId: mail.messageId,
    person: personOf(person),
    content: {
      kind: "text",
      text: readable(text, mail),
      media: mediaOf(mail),
      data: dataOf(mail, isAutomatic(mail, own), { quoted: quoted !== null, signature: signature !== null }),
    },
    replyToId: mail.inReplyTo[0] ?? null,
    occurredAt: timeOf(mail, receivedAt),
    thread: {
      subject: mail.subject,
      references: referencesOf(mail),
      token: tokenOf(mail),
      participants: participantsOf(mail, own),
      automatic: isAutomatic(mail, own),
    },
    mail: { html: mail.html, quotedText: quoted, signature, headers: headersOf(mail) },
  };
}

/** Where an answer would go: what the sender asks for, else the sender. A mailing list answers for itself. */
function senderOf(mail: MailPayload, own: readonly string[]): MailAddress | undefined {
  const [from = mail.sender[0]] = mail.from;
  const [asked] = mail.headers["list-id"] === undefined ? mail.replyTo : [];
  if (asked && !isOwn(asked.address, own)) return { address: asked.address, name: asked.name ?? from?.name ?? null };
  if (from) return from;
  const path = canonicalEmail(mail.headers["return-path"]?.replaceAll(/[<>]/g, ""));
  return path && !isOwn(path, own) ? { address: path, name: null } : undefined;
}

function personOf({ address, name }: MailAddress): PersonRef {
  return { identities: [{ kind: "email", value: address }], name };
}

/** Never empty: a list shows it. */
function readable(text: string, mail: MailPayload): string {
  const words = text.trim().slice(0, 100_000).toWellFormed();
  if (words !== "") return words;
  const file = mail.files.find(({ inline }) => !inline) ?? mail.files[0];
  return file ? `📎 ${file.name ?? file.type}` : mail.subject?.trim() || "✉";
}

function mediaOf({ files, raw }: MailPayload): MediaRef[] {
  return files.map((file) => ({
    kind: kindOf(file.type),
    mediaId: mediaIdOf(raw.sha256, file.index),
    url: null,
    mimeType: file.type,
    fileName: file.name,
    bytes: file.bytes,
    sha256: file.sha256,
    error: null,
    ...(file.inline && file.contentId ? { contentId: file.contentId } : {}),
  }));
}

function kindOf(type: string): MediaRef["kind"] {
  const [family] = type.split("/");
  return family === "image" || family === "audio" || family === "video" ? family : "document";
}

/** What a list and a thread show of a mail; `layout`: its HTML says more than its text. */
function dataOf(
  { subject, from, to, cc, html }: MailPayload,
  automatic: boolean,
  folded: { quoted: boolean; signature: boolean },
): JsonObject {
  const shown = { html: html !== null, layout: html !== null && isLaidOut(html) };
  return { mail: { subject, from, to, cc, ...shown, ...folded }, ...(automatic ? { automatic } : {}) };
}

const laidOut = /<(?:table|img|h[1-3]|ul|ol)\b/i;
const quotation = /<blockquote\b|class=["']?[^"'>]{0,100}(?:gmail_quote|moz-cite-prefix|yahoo_quoted)/i;

/** Whether a mail was laid out and not just typed; what it quotes does not count. */
function isLaidOut(html: string): boolean {
  const at = html.search(quotation);
  return laidOut.test(at < 0 ? html : html.slice(0, at));
}

/** Likeliest first. */
function referencesOf({ inReplyTo, references, messageId }: MailPayload): string[] {
  return [...new Set([...inReplyTo, ...references.toReversed()])].filter((id) => id !== messageId).slice(0, 50);
}

function tokenOf(mail: MailPayload): string | null {
  const delivered = ["delivered-to", "x-original-to", "envelope-to"].flatMap((name) => mail.headers[name] ?? []);
  const addresses = [...mail.to.map(({ address }) => address), ...mail.cc.map(({ address }) => address), ...delivered];
  return addresses.map(conversationOfAddress).find((token) => token !== null) ?? null;
}

function participantsOf(mail: MailPayload, own: readonly string[]): string[] {
  const all = [...mail.from, ...mail.replyTo, ...mail.to, ...mail.cc].map(({ address }) => address);
  return [...new Set(all.filter((address) => !isOwn(address, own)))].slice(0, 100);
}

function headersOf(mail: MailPayload): JsonObject {
  const { from, to, cc, replyTo, messageId, inReplyTo, references, date, headers, raw } = mail;
  return { from, to, cc, replyTo, messageId, inReplyTo, references, date, raw, selected: headers };
}

/** A feedback loop: the receiver called our mail spam. Writing to them again would cost us everybody's. */
function complaintOf(mail: MailPayload, receivedAt: Date, own: readonly string[]): ParsedEvent["event"] {
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(?:rfc822;)?[ \\t]*<?([^\\s<>]{3,254})`, "im").exec(
      `${mail.report?.fields ?? ""}\n${mail.original ?? ""}`,
    )?.[1];
  const address = ["original-rcpt-to", "removal-recipient", "to"]
    .map((name) => canonicalEmail(field(name)))
    .find((one) => one && !isOwn(one, own));
  if (!address) return { kind: "ignored", why: "complaint of nobody we know" };
  const person = personOf({ address: mailboxOf(address), name: null });
  return { kind: "consent", person, scope: "all", granted: false, occurredAt: timeOf(mail, receivedAt) };
}

/** By the sender's clock, which may be wrong but not ahead of us. */
function timeOf(mail: MailPayload, receivedAt: Date): Date {
  const written = new Date(mail.date ?? Number.NaN).getTime();
  return written > 0 && written < receivedAt.getTime() ? new Date(written) : receivedAt;
}
