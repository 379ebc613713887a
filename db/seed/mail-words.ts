import { digest } from "#server/core/crypto.ts";
import { demoFile } from "./demo-files.ts";
import type { PlannedMessage } from "./plan-threads.ts";
import type { ProviderWords } from "./provider-words.ts";

/** A mail as the mailbox had it: nobody posts it, it was read. */
export function mailWords(line: PlannedMessage): ProviderWords {
  const { channel, address, name } = line.thread;
  const mail = mailOf(line);
  const body = [
    `From: ${name} <${address.value}>`,
    `To: ${channel.address}`,
    `Subject: ${mail.subject}`,
    `Date: ${line.at.toUTCString()}`,
    `Message-ID: ${line.externalId}`,
    ...mail.inReplyTo.map((id) => `In-Reply-To: ${id}`),
    "Content-Type: text/plain; charset=utf-8",
    "",
    mail.text,
  ].join("\r\n");
  return {
    type: "mail.received",
    dedupeKey: `mail:${line.externalId}`,
    payload: { mail: { ...mail, raw: { sha256: digest(body), bytes: body.length } }, own: [channel.address] },
    body,
    headers: { "content-type": "message/rfc822", "x-guichet-mailbox": channel.address },
    path: "/mailboxes/INBOX",
  };
}

/** The mail that a line answers, where it answers one. */
export function answeredBy(line: PlannedMessage): PlannedMessage | undefined {
  const { messages } = line.thread;
  return messages.slice(0, messages.indexOf(line)).findLast((earlier) => earlier.direction !== "internal");
}

/** What a mail repeats of the one it answers, as mail programs write it; null where it repeats nothing. */
export function quotedBy(line: PlannedMessage): string | null {
  const answered = line.extra.quotes ? answeredBy(line) : undefined;
  if (!answered) return null;
  const { channel, address, name, locale } = line.thread;
  const writer = answered.direction === "in" ? `${name} <${address.value}>` : `<${channel.address}>`;
  const date = answered.at.toISOString().slice(0, 10);
  const wrote = locale === "fr" ? `Le ${date}, ${writer} a écrit :` : `On ${date}, ${writer} wrote:`;
  return `${wrote}\n${answered.text.replaceAll(/^/gm, "> ")}`;
}

/** What a thread shows of a mail without opening it. */
export function headOf(line: PlannedMessage) {
  const { channel, address, name } = line.thread;
  const customer = { address: address.value, name };
  const business = { address: channel.address, name: null };
  const [from, to] = line.direction === "in" ? [customer, business] : [business, customer];
  const folded = { quoted: quotedBy(line) !== null, signature: line.extra.signature !== undefined };
  return { subject: subjectOf(line), from: [from], to: [to], cc: [], html: false, layout: false, ...folded };
}

/** `Re:` in front of every mail but the first. */
export function subjectOf(line: PlannedMessage): string {
  const { subject = "" } = line.thread.script;
  return answeredBy(line) ? `Re: ${subject}` : subject;
}

function mailOf(line: PlannedMessage) {
  const { channel, address, name } = line.thread;
  const before = line.thread.messages.slice(0, line.thread.messages.indexOf(line));
  const references = before.flatMap((earlier) => earlier.externalId ?? []);
  const file = line.extra.file ? demoFile(line.extra.file) : null;
  const { signature } = line.extra;
  return {
    messageId: line.externalId,
    from: [{ address: address.value, name }],
    sender: [],
    replyTo: [],
    to: [{ address: channel.address, name: null }],
    cc: [],
    subject: subjectOf(line),
    inReplyTo: references.slice(-1),
    references,
    date: line.at.toISOString(),
    text: [line.text, signature && `-- \n${signature}`, quotedBy(line)].filter(Boolean).join("\n\n"),
    html: null,
    headers: {},
    files: file
      ? [
          {
            index: 0,
            name: file.fileName,
            type: file.mimeType,
            bytes: file.bytes.byteLength,
            sha256: digest(file.bytes),
            contentId: null,
            inline: false,
          },
        ]
      : [],
    report: null,
    original: null,
    cut: [],
  };
}
