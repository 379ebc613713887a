import { memberProcedure, router } from "#server/trpc/init.ts";
import { dryRun } from "./dry-run.ts";
import { listChoices } from "./list-choices.ts";
import { getRule, listRules } from "./list-rules.ts";
import { listRuns } from "./list-runs.ts";
import { createRule, deleteRule, enableRule, moveRule, updateRule } from "./save-rule.ts";
import {
  dryRunInput,
  enableRuleInput,
  listRunsInput,
  moveRuleInput,
  ruleFields,
  ruleRef,
  updateRuleInput,
} from "./schemas.ts";

const write = memberProcedure("automation.write");

/** Rules that work by themselves. */
export const automationRouter = router({
  list: write.query(({ ctx }) => listRules(ctx.verb)),
  get: write.input(ruleRef).query(({ ctx, input }) => getRule(ctx.verb, input)),
  choices: write.query(({ ctx }) => listChoices(ctx.verb)),
  create: write.input(ruleFields).mutation(({ ctx, input }) => createRule(ctx.verb, input)),
  update: write.input(updateRuleInput).mutation(({ ctx, input }) => updateRule(ctx.verb, input)),
  enable: write.input(enableRuleInput).mutation(({ ctx, input }) => enableRule(ctx.verb, input)),
  move: write.input(moveRuleInput).mutation(({ ctx, input }) => moveRule(ctx.verb, input)),
  delete: write.input(ruleRef).mutation(({ ctx, input }) => deleteRule(ctx.verb, input)),
  dryRun: write.input(dryRunInput).query(({ ctx, input }) => dryRun(ctx.verb, input)),
  runs: write.input(listRunsInput).query(({ ctx, input }) => listRuns(ctx.verb, input)),
});
