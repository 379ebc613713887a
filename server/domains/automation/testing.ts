import { createChannel, createConversation, createCustomer, createMember, createTenant } from "#db/factories.ts";
import type { automationRuns } from "#db/schema/automation.ts";
import { withTenant } from "#db/tenant.ts";
import { contextFor } from "#server/core/context.ts";
import { fixedClock } from "#server/core/clock.ts";
import { receiveMessages } from "#server/domains/conversations/index.ts";
import { carryOut } from "./carry-out.ts";
import { createRule, enableRule } from "./save-rule.ts";
import type { RuleFields } from "./schemas.ts";

let said = 0;

/** A business with an admin, an agent, one channel and a customer who writes there, by a clock of its own. */
export async function openShop({ at = "2026-11-18T10:00:00Z", autoTicketRule = "never" }: ShopOptions = {}) {
  const clock = fixedClock(at);
  const tenant = await createTenant({ name: "Atelier Lumen" });
  const admin = await createMember(tenant, "admin", { name: "Camille" });
  const agent = await createMember(tenant, "agent", { name: "Nadia" });
  const channel = await createChannel(tenant, { autoTicketRule });
  const customer = await createCustomer(tenant, { displayName: "Inès Delcourt" });
  const conversation = await createConversation(tenant, { channel, customer });
  const ctx = { ...admin.ctx, clock };
  const job = contextFor(tenant.tenantId, { type: "job", name: "automation" }, clock);
  const rows = <T extends object>(sql: string) =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe(sql))] as unknown as T[]);

  return {
    tenant,
    clock,
    ctx,
    admin: { ...admin, ctx },
    agent: { ...agent, ctx: { ...agent.ctx, clock } },
    channel,
    customer,
    conversation,
    job,
    rows,
    /** A rule that is on. */
    async rule(fields: RuleFields): Promise<string> {
      const { ruleId } = await createRule(ctx, fields);
      await enableRule(ctx, { ruleId, enabled: true });
      return ruleId;
    },
    /** The customer writes. */
    async say(text: string, from = "+33639980001") {
      const [received] = await receiveMessages(contextFor(tenant.tenantId, { type: "system" }, clock), [
        {
          channelId: channel.channelId,
          webhookLogId: null,
          event: {
            kind: "message",
            messageId: `said-${(said += 1)}`,
            direction: "in",
            person: { identities: [{ kind: "phone", value: from }], name: "Inès Delcourt" },
            replyToId: null,
            occurredAt: clock.now(),
            content: { kind: "text", text, media: [], data: null },
          },
        },
      ]);
      return received!;
    },
    /** Lets the rules look at everything; answers in how many steps. */
    async settle(most = 500): Promise<number> {
      for (let steps = 0; steps < most; steps++) if ((await carryOut(job)) === "idle") return steps;
      throw new Error("the rules do not come to an end");
    },
    runs: () =>
      rows<Run>(
        `select run.*, rule.name as rule from automation_runs run join automation_rules rule on rule.id = run.rule_id order by run.id`,
      ),
  };
}

interface ShopOptions {
  at?: string;
  autoTicketRule?: "never" | "new_conversation" | "reopened_conversation";
}

type Run = {
  rule: string;
  ticket_id: string | null;
  conversation_id: string | null;
  failed_condition: number | null;
} & Pick<typeof automationRuns.$inferSelect, "outcome" | "reason" | "steps" | "depth" | "replied">;
