import { customerNameOf, firstOf } from "#db/look-ups.ts";
import type { RunStep } from "#db/schema/automation.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { asTheyWere } from "./as-it-was.ts";
import type { Rule } from "./match-rule.ts";
import { failedCondition } from "./match-rule.ts";
import { readPastFacts } from "./past-facts.ts";
import { isReply, replyPauseMs } from "./plan-action.ts";
import { readKnown } from "./read-known.ts";
import { readSubjects } from "./read-subjects.ts";
import { onlyImagine, runActions } from "./run-actions.ts";
import type { DryRunInput } from "./schemas.ts";
import { dryRunInput } from "./schemas.ts";
import type { Fact, Subject } from "./subject.ts";

/** Matches that are listed; all are counted. */
const mostListed = 50;
const dayMs = 86_400_000;

/** One thing that would have happened. */
export interface WouldHave {
  id: string;
  at: Date;
  ticketNumber: number | null;
  conversationId: string | null;
  customerName: string | null;
  steps: RunStep[];
}

export interface DryRun {
  since: Date;
  /** Events that the rule waits for. At most five hundred; `capped`: there were more, earlier ones. */
  looked: number;
  capped: boolean;
  matched: number;
  /** How often each condition, in its order, was what did not hold. */
  failed: number[];
  /** The newest, at most fifty. */
  would: WouldHave[];
}

/**
 * Tries a rule, saved or not, on what happened within some days: the same look and the same plan as a real run, and nothing is
 * written. Tickets are looked at as they were then.
 */
export async function dryRun(ctx: Ctx, input: DryRunInput): Promise<DryRun> {
  const { days, ...rule } = dryRunInput.parse(input);
  const since = new Date(ctx.clock.now().getTime() - days * dayMs);
  return withTenant(ctx, async (tx) => {
    const changed = rule.event === "ticket_changed" ? rule.changed : null;
    const { facts, capped } = await readPastFacts(tx, { event: rule.event, changed }, since);
    const known = await readKnown(tx);
    const subjects = await asTheyWere(tx, facts, await readSubjects(tx, facts, null), known);
    const failed = rule.conditions.map(() => 0);
    const lastReplies = new Map<string, number>();
    const matches: (Omit<WouldHave, "customerName"> & { fact: Fact })[] = [];
    // In the order in which it happened: what was written once is not written again soon after.
    for (const fact of facts.toReversed()) {
      const subject = subjects.get(fact.id);
      if (!subject) continue;
      const failedAt = failedCondition(rule, subject, fact, known.hours);
      if (failedAt !== null) {
        failed[failedAt] = (failed[failedAt] ?? 0) + 1;
        continue;
      }
      const steps = await imagine(rule, subject, fact, known, lastReplies);
      matches.push({
        fact,
        id: fact.id,
        at: fact.occurredAt,
        ticketNumber: subject.ticket?.number ?? null,
        conversationId: subject.conversation?.id ?? null,
        steps,
      });
    }
    const listed = matches.toReversed().slice(0, mostListed);
    const names = await namesOf(tx, listed);
    const would = listed.map(({ fact: _, ...match }, at) => ({ ...match, customerName: names[at] ?? null }));
    return { since, looked: facts.length, capped, matched: matches.length, failed, would };
  });
}

async function imagine(
  { actions }: Pick<Rule, "actions">,
  subject: Subject,
  { occurredAt }: Fact,
  known: Awaited<ReturnType<typeof readKnown>>,
  lastReplies: Map<string, number>,
): Promise<RunStep[]> {
  const thread = subject.conversation?.id ?? "";
  const at = occurredAt.getTime();
  const repliedLately = at - (lastReplies.get(thread) ?? -Infinity) < replyPauseMs;
  const { steps } = await runActions(actions, subject, { known, repliedLately }, onlyImagine);
  if (steps.some((step) => isReply(step.do) && !step.skipped)) lastReplies.set(thread, at);
  return steps;
}

async function namesOf(
  tx: TenantTx,
  listed: readonly Pick<WouldHave, "conversationId" | "ticketNumber">[],
): Promise<(string | null)[]> {
  const rows = await tx.raw.unsafe<{ name: string | null }[]>(
    `select ${customerNameOf(firstOf("thread.customer_id", "ticket.customer_id"))} as name
       from unnest($2::uuid[], $3::bigint[]) with ordinality as told (thread, number, place)
       left join lateral (select customer_id from conversations where tenant_id = $1 and id = told.thread offset 0) thread on true
       left join lateral (select customer_id from tickets where tenant_id = $1 and number = told.number offset 0) ticket on true
      order by told.place`,
    [tx.tenantId, listed.map((one) => one.conversationId), listed.map((one) => one.ticketNumber)] as never[],
    { prepare: true },
  );
  return rows.map(({ name }) => name);
}
