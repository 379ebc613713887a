import { and, eq } from "drizzle-orm";
import { drafts } from "#db/schema/composer.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden, notFound } from "#server/core/errors.ts";
import type { SaveDraftInput } from "./schemas.ts";
import { saveDraftInput } from "./schemas.ts";

/**
 * Keeps what the acting member is writing in a conversation, on the server: it is there on their other devices too.
 * An empty draft is none. Nothing is kept of a customer who was erased, nor of files that the member did not upload.
 */
export async function saveDraft(ctx: Ctx, input: SaveDraftInput): Promise<void> {
  const { conversationId, text, note, attachmentIds } = saveDraftInput.parse(input);
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    if (text.trim() === "" && attachmentIds.length === 0) {
      await tx.delete(drafts).where(and(eq(drafts.conversationId, conversationId), eq(drafts.userId, userId)));
      return;
    }
    const kept = await tx.raw.unsafe<{ kept: boolean }[]>(
      keep,
      [ctx.tenantId, conversationId, userId, note, text, attachmentIds, ctx.clock.now()] as never[],
      { prepare: true },
    );
    if (kept.length === 0) throw notFound();
  });
}

const keep = `
  insert into drafts (tenant_id, conversation_id, user_id, note, text, attachment_ids, updated_at)
  select $1, thread.id, $3::uuid, $4, $5,
         array(select file.id from unnest($6::uuid[]) with ordinality as asked (id, place)
                 join attachments file on file.tenant_id = $1 and file.id = asked.id and file.uploaded_by = $3::uuid
                order by place),
         $7::timestamptz
    from conversations thread
    join customers customer on customer.tenant_id = $1 and customer.id = thread.customer_id and customer.erased_at is null
   where thread.tenant_id = $1 and thread.id = $2::uuid
  on conflict (tenant_id, conversation_id, user_id) do update
    set note = excluded.note, text = excluded.text, attachment_ids = excluded.attachment_ids, updated_at = excluded.updated_at
  returning true as kept`;
