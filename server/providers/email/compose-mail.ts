import { Readable } from "node:stream";
import type { ChannelAccess, OutboundFile, OutboundMail, OutboundMessage } from "../contract.ts";

/** A mail ready to be handed over: to whom, and its bytes, made while they are read. */
export interface ComposedMail {
  messageId: string;
  envelope: { from: string; to: string[] };
  /** A new stream of the same mail, each time. */
  open(): Promise<Readable>;
}

/** What to send, as MIME. Files are read when their turn comes, one at a time. */
export function composeMail(channel: Pick<ChannelAccess, "credentials">, message: OutboundMessage): ComposedMail {
  const address = channel.credentials.address ?? "";
  const mail = message.mail ?? plainMail(message, address);
  return {
    messageId: mail.messageId,
    envelope: { from: address, to: [...new Set([message.to.value, ...mail.cc])] },
    open: async () => {
      const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
      return new MailComposer(mimeOf(channel.credentials, message, mail)).compile().createReadStream();
    },
  };
}

/** A message that was written before anybody thought of a mail: a subject of its first words. */
function plainMail(message: OutboundMessage, address: string): OutboundMail {
  return {
    messageId: `<${message.id}.guichet@${address.slice(address.lastIndexOf("@") + 1)}>`,
    subject: message.text.split("\n", 1)[0]?.slice(0, 80) ?? "",
    html: null,
    cc: [],
    inReplyTo: message.replyToId,
    references: message.replyToId === null ? [] : [message.replyToId],
    replyTo: null,
    automatic: false,
  };
}

function mimeOf(credentials: ChannelAccess["credentials"], message: OutboundMessage, mail: OutboundMail) {
  const { address = "", display_name: name = "" } = credentials;
  return {
    from: { name, address },
    to: message.to.value,
    cc: mail.cc,
    ...(mail.replyTo === null ? {} : { replyTo: { name, address: mail.replyTo } }),
    subject: mail.subject,
    messageId: mail.messageId,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
    references: mail.references,
    text: message.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    // RFC 3834: no program answers what a program wrote. The second one is Exchange's word for it.
    headers: mail.automatic ? { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" } : {},
    attachments: (message.files ?? []).map(attachmentOf),
    disableUrlAccess: true,
    disableFileAccess: true,
  };
}

function attachmentOf(file: OutboundFile) {
  return {
    filename: file.fileName ?? (false as const),
    contentType: file.mimeType,
    content: Readable.from(once(file)),
    ...(file.contentId === undefined ? {} : { cid: file.contentId, contentDisposition: "inline" as const }),
  };
}

async function* once(file: OutboundFile): AsyncGenerator<Uint8Array> {
  yield await file.read();
}
