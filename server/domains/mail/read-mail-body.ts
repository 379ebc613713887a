import { and, eq, isNull } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { messages } from "#db/schema/messages.ts";
import { mailBodies } from "#db/schema/mail.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { shownHtml } from "./sanitise-html.ts";
import type { MailBodyInput } from "./schemas.ts";
import { mailBodyInput } from "./schemas.ts";

/** A mail as its sender laid it out, and what the thread folds away. */
export interface MailBody {
  messageId: string;
  subject: string | null;
  /** Harmless, and complete but for what `remoteImages` counts; null where the mail was plain text. */
  html: string | null;
  /** Pictures that were left out because fetching them would tell somebody. */
  remoteImages: number;
  quotedText: string | null;
  signature: string | null;
  headers: Record<string, unknown>;
}

/** What a mail carries beside its text; its own pictures are named below `filesAt`. A message that its writer took back shows nothing any more. */
export async function readMailBody(ctx: Ctx, input: MailBodyInput, filesAt: string): Promise<MailBody> {
  const { messageId, remoteImages } = mailBodyInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const [row] = await tx
      .select({ body: mailBodies, subject: messages.subject })
      .from(mailBodies)
      .innerJoin(messages, and(eq(messages.tenantId, mailBodies.tenantId), eq(messages.id, mailBodies.messageId)))
      .where(and(eq(mailBodies.messageId, messageId), isNull(messages.deletedAt)));
    if (!row) throw notFound();
    const { body, subject } = row;
    const files = await tx
      .select({ id: attachments.id, contentId: attachments.contentId })
      .from(attachments)
      .where(and(eq(attachments.messageId, messageId), eq(attachments.status, "stored")))
      .limit(200);
    const urls = new Map(files.flatMap(({ id, contentId }) => (contentId ? [[contentId, id] as const] : [])));
    const urlOf = (contentId: string) => {
      const id = urls.get(contentId);
      return id ? `${filesAt}/${id}` : null;
    };
    const shown = body.html === null ? null : shownHtml(body.html, urlOf, remoteImages);
    return {
      messageId,
      subject,
      html: shown?.html ?? null,
      remoteImages: shown?.remoteImages ?? 0,
      quotedText: body.quotedText,
      signature: body.signature,
      headers: body.headers,
    };
  });
}
