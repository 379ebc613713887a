import { findDue, type Due } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import { publish } from "#db/live.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { announce } from "#server/domains/automation/index.ts";
import type { CallFacts } from "./call-facts.ts";
import { isMissed } from "./call-facts.ts";

/** Somebody may call back for this long before rules are told. Milliseconds. */
const followUpAfterMs = 5 * 60_000;
/** Calls of one person within this are one to rules. Milliseconds. */
const oneFollowUpInMs = 60 * 60_000;
/** What is heard of so late is history: nobody is written to because of it. Milliseconds. */
const newsForMs = 6 * 3_600_000;

/** What became of a missed call: `told`: rules were; the others say why they were not. */
export type FollowUp = "told" | "spoken_to" | "told_before" | "quiet" | "unknown_caller";

/** When a call that has just become a missed one is to be looked at; null: never. */
export function followUpAt(before: CallFacts | null, after: CallFacts, now: Date): Date | null {
  const isNews = isMissed(after) && !(before && isMissed(before));
  if (!isNews || now.getTime() - after.startedAt.at > newsForMs) return null;
  return new Date(now.getTime() + followUpAfterMs);
}

const most = 200;

/** Missed calls that are to be looked at now, across tenants, the longest due first. */
export const findMissedCalls = (clock: Clock): Promise<Due[]> => findDue("missed_calls", most, clock.now());

interface DueCall {
  id: string;
  customerId: string | null;
  conversationId: string | null;
  messageId: string | null;
  startedAt: Date;
  stillMissed: boolean;
  quiet: boolean;
  spokenTo: boolean;
  toldBefore: boolean;
}

/**
 * Looks at missed calls whose time has come, and tells the business's rules of those whose caller nobody has spoken to since,
 * once for several calls of one person. What was told and what was not is kept on the call. Nobody else looks at the same ones.
 */
export async function followUpCalls(ctx: Ctx, callIds: readonly string[]): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const due = await tx.raw.unsafe<DueCall[]>(dueCalls, [ctx.tenantId, callIds, now] as never[], { prepare: true });
    if (due.length === 0) return;
    const lastTold = new Map<string, number>();
    const looked = due.map((call) => {
      const followUp = followUpOf(call, lastTold);
      if (followUp === "told" && call.customerId) lastTold.set(call.customerId, call.startedAt.getTime());
      return { ...call, followUp };
    });
    await announce(
      { ...ctx, tx },
      looked.flatMap(({ followUp, conversationId, messageId }) =>
        followUp === "told" && conversationId && messageId
          ? [{ event: "call_missed" as const, conversationId, messageId }]
          : [],
      ),
    );
    const ids = looked.map(({ id }) => id);
    await tx.raw.unsafe(
      `update call_logs call
          set follow_up_at = null, updated_at = $4::timestamptz,
              metadata = call.metadata || jsonb_build_object('followUp', jsonb_build_object('what', told.what, 'at', $4::timestamptz))
         from unnest($2::uuid[], $3::text[]) as told (id, what)
        where call.tenant_id = $1 and call.id = told.id`,
      [ctx.tenantId, ids, looked.map(({ followUp }) => followUp), now] as never[],
      { prepare: true },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "calls", ids));
  });
}

function followUpOf(call: DueCall, lastTold: ReadonlyMap<string, number>): FollowUp {
  const { customerId, startedAt } = call;
  if (customerId === null || call.conversationId === null || call.messageId === null) return "unknown_caller";
  if (!call.stillMissed || call.spokenTo) return "spoken_to";
  if (call.quiet) return "quiet";
  const last = lastTold.get(customerId);
  const toldJustNow = last !== undefined && startedAt.getTime() - last < oneFollowUpInMs;
  return call.toldBefore || toldJustNow ? "told_before" : "told";
}

/** Somebody was spoken to: they called again and were answered, or were called and took it. Oldest first. */
const dueCalls = `
  select call.id, call.customer_id as "customerId", call.conversation_id as "conversationId", call.message_id as "messageId",
         call.started_at as "startedAt",
         call.direction = 'in' and call.status in ('voicemail', 'no_answer', 'busy', 'failed', 'canceled') as "stillMissed",
         coalesce((select thread.status = 'spam' from conversations thread where thread.tenant_id = $1 and thread.id = call.conversation_id), false)
           or coalesce((select person.status = 'blocked' from customers person where person.tenant_id = $1 and person.id = call.customer_id), false) as quiet,
         exists (select from call_logs later
                  where later.tenant_id = $1 and later.customer_id = call.customer_id and later.started_at > call.started_at
                    and later.status in ('in_progress', 'forwarded', 'completed')) as "spokenTo",
         exists (select from call_logs earlier
                  where earlier.tenant_id = $1 and earlier.customer_id = call.customer_id and earlier.id <> call.id
                    and earlier.started_at <= call.started_at and earlier.started_at > call.started_at - interval '${String(oneFollowUpInMs)} milliseconds'
                    and earlier.metadata #>> '{followUp,what}' = 'told') as "toldBefore"
    from call_logs call
   where call.tenant_id = $1 and call.id = any ($2::uuid[]) and call.follow_up_at <= $3::timestamptz
   order by call.started_at, call.id
     for update of call skip locked`;
