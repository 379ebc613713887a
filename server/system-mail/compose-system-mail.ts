import type { SystemMail } from "./system-mail.ts";

/**
 * The mail's bytes. Its headers tell programs that no person wrote it (RFC 3834), so that none answers,
 * the auto-replies of Guichet's own channels among them.
 */
export async function composeSystemMail(from: string, { id, to, subject, text, html }: SystemMail): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composer = new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@${domainOf(from)}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
  });
  return composer.compile().build();
}

/** The address alone, of `Guichet <guichet@example.com>`. */
export function addressOf(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from;
}

function domainOf(from: string): string {
  return addressOf(from).split("@")[1] ?? "localhost";
}
