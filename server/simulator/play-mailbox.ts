import type { Viewer } from "#server/auth/viewer.ts";
import { lineOfKind } from "./play-line.ts";
import type { MailInput } from "./schemas.ts";

/** The customer sends a mail, or answers one of the business's. Answers its Message-ID. */
export async function mailAsCustomer(viewer: Viewer | null, input: MailInput): Promise<{ messageId: string }> {
  const { accountId, standIn } = await lineOfKind(viewer, input.channelId, "mailbox");
  const { address, name, subject, text, inReplyTo, file } = input;
  const answered = standIn.mails(accountId, address).map((mail) => mail.messageId);
  const messageId = standIn.deliver(accountId, {
    from: { address, name: name || null },
    subject,
    text,
    ...(file ? { files: [{ ...file, fileName: file.name ?? "" }] } : {}),
    ...(inReplyTo ? { inReplyTo, references: answered } : {}),
  });
  return { messageId };
}
