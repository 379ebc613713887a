import { jsonRows } from "#db/json-rows.ts";
import type { RunOutcome, RunStep } from "#db/schema/automation.ts";
import type { TenantTx } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";
import type { Rule } from "./match-rule.ts";
import { isReply, replyPauseMs } from "./plan-action.ts";
import type { Fact, Subject } from "./subject.ts";

/** What a rule made of a fact, as it is logged. */
export interface Run {
  rule: Rule;
  fact: Fact;
  subject: Subject;
  outcome: RunOutcome;
  failedCondition?: number;
  reason?: string;
  steps?: RunStep[];
}

/** Writes what rules made of facts, in one statement. */
export async function logRuns(tx: TenantTx, runs: readonly Run[], at: Date): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map(({ rule, fact, subject, outcome, failedCondition: failed, reason, steps = [] }) => ({
    id: newId(),
    rule_id: rule.id,
    origin_id: fact.originId,
    depth: fact.depth,
    event: fact.event,
    ticket_id: subject.ticket?.id,
    conversation_id: subject.conversation?.id,
    outcome,
    failed_condition: failed,
    reason,
    steps,
    replied: steps.some((step) => isReply(step.do) && !step.skipped),
  }));
  await tx.raw.unsafe(
    `insert into automation_runs (tenant_id, id, rule_id, origin_id, depth, event, ticket_id, conversation_id, outcome, failed_condition,
                                  reason, steps, replied, created_at)
     select $1, id, rule_id, origin_id, depth, event, ticket_id, conversation_id, outcome, failed_condition, reason, steps, replied, $3::timestamptz
       from jsonb_to_recordset($2::text::jsonb)
              as run (id uuid, rule_id uuid, origin_id uuid, depth smallint, event text, ticket_id uuid, conversation_id uuid, outcome text,
                      failed_condition smallint, reason text, steps jsonb, replied boolean)`,
    [tx.tenantId, jsonRows(rows), at] as never[],
    { prepare: true },
  );
}

/** Which rules acted on what these facts go back to, as `origin rule`. */
export async function firedFor(tx: TenantTx, facts: readonly Fact[]): Promise<Set<string>> {
  const origins = [...new Set(facts.map(({ originId }) => originId))];
  const rows = await tx.raw.unsafe<{ key: string }[]>(
    `select origin_id || ' ' || rule_id as key from automation_runs
      where tenant_id = $1 and origin_id = any($2::uuid[]) and outcome = 'done'`,
    [tx.tenantId, origins] as never[],
    { prepare: true },
  );
  return new Set(rows.map(({ key }) => key));
}

/** Whether a rule wrote to this conversation lately. */
export async function hasReplied(tx: TenantTx, ruleId: string, { conversation }: Subject, now: Date): Promise<boolean> {
  if (!conversation) return false;
  const since = new Date(now.getTime() - replyPauseMs);
  const rows = await tx.raw.unsafe(
    `select from automation_runs
      where tenant_id = $1 and conversation_id = $2::uuid and rule_id = $3::uuid and replied and created_at > $4::timestamptz limit 1`,
    [tx.tenantId, conversation.id, ruleId, since] as never[],
    { prepare: true },
  );
  return rows.length > 0;
}
