import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { DraftFile } from "#server/domains/drafts/index.ts";
import { filesOf } from "#server/domains/drafts/index.ts";
import { heardIn } from "./find-conversation.ts";
import type { ConversationRef, PersonRef } from "./schemas.ts";

/** A reply of the thread that has not left. */
export interface ScheduledSummary {
  id: string;
  /** By whose address it leaves: one of those that are read in the thread. */
  conversationId: string;
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

/** What is still to leave in a thread, and what could not, in the order of its time. One statement. */
export async function listScheduled(ctx: Ctx, { conversationId }: ConversationRef): Promise<ScheduledSummary[]> {
  return read(ctx, inThread, conversationId);
}

/** The same on every channel of a customer. */
export async function listScheduledOf(ctx: Ctx, { customerId }: PersonRef): Promise<ScheduledSummary[]> {
  return read(ctx, toCustomer, customerId);
}

async function read(ctx: Ctx, statement: string, whose: string): Promise<ScheduledSummary[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<ScheduledSummary[]>(statement, [ctx.tenantId, whose, memberId(ctx)] as never[], { prepare: true }),
  );
  return [...rows];
}

/** `from` gives rows `thread`: conversations as `ids`, and when the customer was last heard there. */
const scheduledIn = (from: string) => `
  select one.id, one.conversation_id as "conversationId", one.idempotency_key as key, one.text, ${filesOf("one.attachment_ids")} as files,
         jsonb_build_object('id', one.author_id, 'name', coalesce(${memberNameOf("one.author_id")}, '')) as author,
         one.author_id = $3::uuid as own, one.scheduled_for as "scheduledFor", one.held, one.unless_answered as "unlessAnswered",
         one.unless_answered and coalesce(thread.heard_at > one.created_at, false) as answered, one.status, one.refusal
    from (${from}) thread
    join scheduled_messages one on one.tenant_id = $1 and one.conversation_id = any (thread.ids)
   where one.status in ('scheduled', 'failed')
   order by one.scheduled_for, one.id
   limit 100`;

const inThread = scheduledIn(heardIn("$2::uuid"));

const toCustomer = scheduledIn(`
  select array_agg(id) as ids, max(last_inbound_at) as heard_at
    from conversations where tenant_id = $1 and customer_id = $2::uuid
   group by coalesce(thread_id, id)`);
