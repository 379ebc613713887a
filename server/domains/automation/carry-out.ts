import type { RunStep } from "#db/schema/automation.ts";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Run } from "./log-runs.ts";
import { firedFor, hasReplied, logRuns } from "./log-runs.ts";
import type { Rule } from "./match-rule.ts";
import { failedCondition, waitsFor } from "./match-rule.ts";
import { performIn } from "./perform.ts";
import { isReply } from "./plan-action.ts";
import type { Known } from "./read-known.ts";
import { readKnown } from "./read-known.ts";
import { readSubjects } from "./read-subjects.ts";
import { runActions } from "./run-actions.ts";
import type { Fact, Subject } from "./subject.ts";
import { enabledRules, forget, oldestFacts, takeTurn } from "./take-facts.ts";

/** Rules that one thing may set off, one by the other. What lies deeper is logged and left. */
export const mostDepth = 4;

/**
 * Looks at the tenant's oldest facts, in their order, with every rule that waits for them. Facts on which nothing is to be done are
 * dealt with together; the first on which something is ends the step, so that its locks are let go of. Answers whether there may be more;
 * `busy`: another process is at it.
 */
export async function carryOut(ctx: Ctx): Promise<"more" | "idle" | "busy"> {
  return withTenant(ctx, async (tx) => {
    if (!(await takeTurn(tx))) return "busy";
    const facts = await oldestFacts(tx);
    if (facts.length === 0) return "idle";
    const rules = (await enabledRules(tx)).filter((rule) => facts.some((fact) => waitsFor(rule, fact)));
    const runs: Run[] = [];
    let seen = facts;
    if (rules.length > 0) {
      const state = {
        known: await readKnown(tx),
        subjects: await readSubjects(tx, facts, ctx.clock.now()),
        fired: await firedFor(tx, facts),
      };
      for (const [at, fact] of facts.entries()) {
        const own = await look(ctx, tx, rules, fact, state);
        runs.push(...own);
        if (!own.some(({ outcome }) => outcome === "done")) continue;
        seen = facts.slice(0, at + 1);
        break;
      }
    }
    await logRuns(tx, runs, ctx.clock.now());
    await forget(tx, seen);
    if (runs.length > 0) tx.afterCommit(() => publish(ctx.tenantId, "automation_runs", "*"));
    return "more";
  });
}

interface State {
  known: Known;
  subjects: Map<string, Subject>;
  fired: Set<string>;
}

/** Every rule that waits for a fact, in their order, each on what those before it left. */
async function look(ctx: Ctx, tx: TenantTx, rules: readonly Rule[], fact: Fact, state: State): Promise<Run[]> {
  const runs: Run[] = [];
  for (const rule of rules) {
    const subject = state.subjects.get(fact.id);
    if (!subject || !waitsFor(rule, fact)) continue;
    const run = { rule, fact, subject };
    const failed = failedCondition(rule, subject, fact, state.known.hours);
    const key = `${fact.originId} ${rule.id}`;
    if (failed !== null) runs.push({ ...run, outcome: "not_matched", failedCondition: failed });
    else if (state.fired.has(key)) runs.push({ ...run, outcome: "stopped", reason: "same_origin" });
    else if (fact.depth >= mostDepth) runs.push({ ...run, outcome: "stopped", reason: "too_deep" });
    else {
      state.fired.add(key);
      const steps = await act(ctx, tx, run, state.known);
      const now = (await readSubjects(tx, [fact], ctx.clock.now())).get(fact.id) ?? subject;
      state.subjects.set(fact.id, now);
      runs.push({ ...run, subject: now, outcome: "done", steps });
    }
  }
  return runs;
}

async function act(
  ctx: Ctx,
  tx: TenantTx,
  { rule, fact, subject }: Pick<Run, "rule" | "fact" | "subject">,
  known: Known,
): Promise<RunStep[]> {
  const { id: ruleId, name } = rule;
  const actor = { type: "rule", ruleId, name, originId: fact.originId, depth: fact.depth } as const;
  const writes = rule.actions.some((action) => isReply(action.do));
  const repliedLately = writes && (await hasReplied(tx, ruleId, subject, ctx.clock.now()));
  const perform = performIn({ ...ctx, actor }, tx, `${ruleId} ${fact.originId}`);
  const { steps } = await runActions(rule.actions, subject, { known, repliedLately }, perform);
  return steps;
}
