import { buffer } from "node:stream/consumers";
import type { StandInMail } from "./stand-in.ts";
import type { TakenMail } from "./stand-in-mails.ts";

/** A customer's mail as it goes over the wire. */
export async function composeCustomerMail(
  mail: StandInMail,
  { messageId, to, at }: { messageId: string; to: string; at: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  if (mail.raw) return Uint8Array.from(mail.raw);
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composer = new MailComposer({
    from: { name: mail.from.name ?? "", address: mail.from.address },
    to,
    subject: mail.subject,
    text: mail.text,
    messageId,
    date: at,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo }),
    references: mail.references ?? (mail.inReplyTo === undefined ? [] : [mail.inReplyTo]),
    headers: mail.headers ?? {},
    attachments: (mail.files ?? []).map(({ fileName, mimeType, bytes, contentId }) => ({
      filename: fileName,
      contentType: mimeType,
      content: Buffer.from(bytes),
      ...(contentId === undefined ? {} : { cid: contentId }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return Uint8Array.from(await buffer(composer.compile().createReadStream()));
}

/** A mail that the business handed over whole, as its receiver's program shows it. */
export async function readTakenMail(
  raw: Uint8Array,
): Promise<Pick<TakenMail, "messageId" | "to" | "replyTo" | "subject" | "text" | "files">> {
  const { simpleParser } = await import("mailparser");
  const mail = await simpleParser(Buffer.from(raw), { skipHtmlToText: true, skipTextToHtml: true });
  const addresses = [mail.to, mail.cc].flatMap((one) => one ?? []).flatMap(({ value }) => value);
  return {
    messageId: mail.messageId ?? "",
    to: addresses.flatMap(({ address }) => address ?? []),
    replyTo: mail.replyTo?.value[0]?.address ?? null,
    subject: mail.subject ?? "",
    text: (mail.text ?? "").trim(),
    files: mail.attachments.flatMap(({ filename }) => filename ?? []),
  };
}
