import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { DraftFile } from "#server/domains/drafts/index.ts";
import { filesOf } from "#server/domains/drafts/index.ts";
import type { ConversationRef } from "./schemas.ts";

/** A reply of the thread that has not left. */
export interface ScheduledSummary {
  id: string;
  /** What its writer's page knows it by. */
  key: string;
  text: string;
  files: DraftFile[];
  author: { id: string; name: string };
  /** The acting member wrote it. */
  own: boolean;
  scheduledFor: Date;
  /** It only waits for its writer to change their mind. */
  held: boolean;
  unlessAnswered: boolean;
  /** The customer wrote since: it will not leave. */
  answered: boolean;
  status: "scheduled" | "failed";
  refusal: string | null;
}

/** What is still to leave in a conversation, and what could not, in the order of its time. One statement. */
export async function listScheduled(ctx: Ctx, { conversationId }: ConversationRef): Promise<ScheduledSummary[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<ScheduledSummary[]>(statement, [ctx.tenantId, conversationId, memberId(ctx)] as never[], {
      prepare: true,
    }),
  );
  return [...rows];
}

const statement = `
  select one.id, one.idempotency_key as key, one.text, ${filesOf("one.attachment_ids")} as files,
         jsonb_build_object('id', one.author_id, 'name', coalesce(${memberNameOf("one.author_id")}, '')) as author,
         one.author_id = $3::uuid as own, one.scheduled_for as "scheduledFor", one.held, one.unless_answered as "unlessAnswered",
         one.unless_answered and coalesce(thread.last_inbound_at > one.created_at, false) as answered, one.status, one.refusal
    from scheduled_messages one
    join conversations thread on thread.tenant_id = $1 and thread.id = one.conversation_id
   where one.tenant_id = $1 and one.conversation_id = $2::uuid and one.status in ('scheduled', 'failed')
   order by one.scheduled_for, one.id
   limit 100`;
