import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { MailContent } from "#server/providers/contract.ts";
import { rawMailKey } from "#server/mail/index.ts";
import { sanitiseHtml } from "./sanitise-html.ts";

/** A mail that was written as a message. */
export interface WrittenMail {
  messageId: string;
  mail: MailContent;
}

/** Keeps what mails carry beside their visible text, made harmless. One statement, whatever their number. */
export async function keepMailBodies(ctx: Ctx, written: readonly WrittenMail[]): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map(({ messageId, mail }) => ({
    message_id: messageId,
    html: mail.html === null ? null : sanitiseHtml(mail.html) || null,
    quoted_text: mail.quotedText,
    signature: mail.signature,
    headers: mail.headers,
    raw_key: rawKeyOf(ctx.tenantId, mail),
  }));
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      insert into mail_bodies (tenant_id, message_id, html, quoted_text, signature, headers, raw_key, created_at)
      select ${ctx.tenantId}::uuid, message_id, html, quoted_text, signature, coalesce(headers, '{}'), raw_key,
             ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as body (message_id uuid, html text, quoted_text text, signature text, headers jsonb, raw_key text)
      on conflict (tenant_id, message_id) do nothing`),
  );
}

function rawKeyOf(tenantId: string, { headers }: MailContent): string | null {
  const raw = headers.raw;
  const sha256 = raw && typeof raw === "object" && !Array.isArray(raw) ? raw.sha256 : null;
  return typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) ? rawMailKey(tenantId, sha256) : null;
}
