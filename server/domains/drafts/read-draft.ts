import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";

export interface Draft {
  text: string;
  note: boolean;
  /** Uploads that go along and are still there. */
  files: DraftFile[];
  updatedAt: Date;
}

export interface DraftFile {
  id: string;
  name: string;
  bytes: number;
  /** It can be shown as a picture. */
  picture: boolean;
}

/** What the acting member was writing in a conversation; null when nothing. One statement. */
export async function readDraft(ctx: Ctx, { conversationId }: { conversationId: string }): Promise<Draft | null> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Draft[]>(statement, [ctx.tenantId, conversationId, memberId(ctx)] as never[], { prepare: true }),
  );
  return row ?? null;
}

/** The uploads named in `ids` of `table` that no message has, as JSON in the order of the list. */
export const filesOf = (ids: string) => `(
  select coalesce(jsonb_agg(jsonb_build_object('id', file.id, 'name', coalesce(file.file_name, ''), 'bytes', coalesce(file.bytes, 0),
           'picture', file.kind = 'image') order by named.place), '[]')
    from unnest(${ids}) with ordinality named (id, place)
    join attachments file on file.tenant_id = $1 and file.id = named.id and file.message_id is null and file.status = 'stored')`;

const statement = `
  select draft.text, draft.note, draft.updated_at as "updatedAt", ${filesOf("draft.attachment_ids")} as files
    from drafts draft
   where draft.tenant_id = $1 and draft.conversation_id = $2::uuid and draft.user_id = $3::uuid`;
