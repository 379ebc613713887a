import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** The other conversation bears the labels too. Answers those that it did not bear before. */
export async function bringLabels(ctx: Ctx, tx: TenantTx, from: string, to: string): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ id: string }[]>(
    `insert into conversation_labels (tenant_id, conversation_id, label_id, created_at)
     select tenant_id, $3::uuid, label_id, $4::timestamptz from conversation_labels where tenant_id = $1 and conversation_id = $2::uuid
     on conflict do nothing returning label_id as id`,
    [tx.tenantId, from, to, ctx.clock.now()] as never[],
    { prepare: true },
  );
  return rows.map(({ id }) => id);
}

/** Labels that were brought are taken off again. */
export async function takeLabelsBack(tx: TenantTx, from: string, labelIds: readonly string[]): Promise<void> {
  await tx.raw.unsafe(
    "delete from conversation_labels where tenant_id = $1 and conversation_id = $2::uuid and label_id = any ($3::uuid[])",
    [tx.tenantId, from, labelIds] as never[],
    { prepare: true },
  );
}

/**
 * What members were writing goes along. Who was writing in both has it all in one draft: a note if either was one, for
 * notes are sent to nobody. Answers whose drafts only changed their place.
 */
export async function bringDrafts(ctx: Ctx, tx: TenantTx, from: string, to: string): Promise<string[]> {
  await tx.raw.unsafe(joinDrafts, [tx.tenantId, from, to, ctx.clock.now()] as never[], { prepare: true });
  const rows = await tx.raw.unsafe<{ id: string }[]>(
    "update drafts set conversation_id = $3::uuid where tenant_id = $1 and conversation_id = $2::uuid returning user_id as id",
    [tx.tenantId, from, to] as never[],
    { prepare: true },
  );
  return rows.map(({ id }) => id);
}

/** Drafts that were brought, and that nobody wrote on since, go back. */
export async function takeDraftsBack(
  tx: TenantTx,
  { from, to, userIds, mergedAt }: { from: string; to: string; userIds: readonly string[]; mergedAt: string },
): Promise<void> {
  await tx.raw.unsafe(
    `update drafts moved set conversation_id = $3::uuid
      where tenant_id = $1 and conversation_id = $2::uuid and user_id = any ($4::uuid[]) and updated_at <= $5::timestamptz
        and not exists (select from drafts own
                         where own.tenant_id = $1 and own.conversation_id = $3::uuid and own.user_id = moved.user_id)`,
    [tx.tenantId, from, to, userIds, mergedAt] as never[],
    { prepare: true },
  );
}

const joinDrafts = `
  with joined as (
    update drafts kept
       set text = btrim(kept.text || E'\n\n' || other.text, E'\n'), note = kept.note or other.note,
           attachment_ids = kept.attachment_ids || other.attachment_ids, updated_at = $4::timestamptz
      from drafts other
     where kept.tenant_id = $1 and kept.conversation_id = $3::uuid
       and other.tenant_id = $1 and other.conversation_id = $2::uuid and other.user_id = kept.user_id
    returning kept.user_id)
  delete from drafts gone using joined
   where gone.tenant_id = $1 and gone.conversation_id = $2::uuid and gone.user_id = joined.user_id`;
