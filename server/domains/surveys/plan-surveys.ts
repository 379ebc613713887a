import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";

/** Something that a member resolved. */
export interface Resolution {
  conversationId: string;
  /** null: the conversation itself. */
  ticketId: string | null;
  assigneeId: string | null;
}

/**
 * Plans the question that follows a resolution, where the conversation's kind of channel asks. What a program resolved is not
 * asked about. A conversation has one planned question: a ticket and its conversation are asked about together, after
 * the later of the two. Whether it is asked in the end is decided when it is due. One statement for any number.
 */
export async function planSurveys(ctx: Ctx, resolutions: readonly Resolution[]): Promise<void> {
  const by = memberId(ctx);
  if (resolutions.length === 0 || by === null) return;
  const rows = resolutions.map(({ conversationId, ticketId, assigneeId }) => ({
    id: newId(),
    conversation_id: conversationId,
    ticket_id: ticketId,
    assignee_id: assigneeId,
  }));
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(statement, [ctx.tenantId, jsonRows(rows), by, ctx.clock.now()] as never[], { prepare: true }),
  );
}

const statement = `
  insert into surveys (tenant_id, id, conversation_id, customer_id, channel_type, ticket_id, member_id, status, resolved_at, due_at,
                       created_at, updated_at)
  select distinct on (thread.id)
         $1::uuid, told.id, thread.id, thread.customer_id, thread.channel_type, told.ticket_id,
         coalesce(told.assignee_id, thread.assignee_id, $3::uuid), 'planned', $4::timestamptz,
         $4::timestamptz + setting.delay_minutes * interval '1 minute', $4::timestamptz, $4::timestamptz
    from jsonb_to_recordset($2::text::jsonb) as told (id uuid, conversation_id uuid, ticket_id uuid, assignee_id uuid)
   cross join lateral (
     select * from conversations where tenant_id = $1 and id = told.conversation_id and status <> 'spam' offset 0) thread
    join survey_channels setting on setting.tenant_id = $1 and setting.channel_type = thread.channel_type and setting.enabled
   order by thread.id, told.id desc
  on conflict (tenant_id, conversation_id) where status = 'planned' do update
    set ticket_id = coalesce(excluded.ticket_id, surveys.ticket_id), member_id = excluded.member_id, resolved_at = excluded.resolved_at,
        due_at = excluded.due_at, updated_at = excluded.updated_at`;
