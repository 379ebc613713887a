import { simpleParser } from "mailparser";

/** What a customer's mail program shows of a mail that the business sent. */
export async function readSentMail(raw: Buffer): Promise<{ subject: string; text: string; files: string[] }> {
  const mail = await simpleParser(raw, { skipHtmlToText: false, skipTextToHtml: true });
  return {
    subject: mail.subject ?? "",
    text: (mail.text ?? "").trim(),
    files: mail.attachments.flatMap(({ filename }) => filename ?? []),
  };
}
