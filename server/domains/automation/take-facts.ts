import type { TenantTx } from "#db/tenant.ts";
import type { Rule } from "./match-rule.ts";
import type { Fact } from "./subject.ts";

/** Facts looked at together. */
const most = 50;

/** One worker at a time does a tenant's work, in its order. */
export async function takeTurn(tx: TenantTx): Promise<boolean> {
  const [row] = await tx.raw.unsafe<{ free: boolean }[]>(
    "select pg_try_advisory_xact_lock(hashtextextended('automation ' || $1::text, 0)) as free",
    [tx.tenantId],
    { prepare: true },
  );
  return row?.free ?? false;
}

/** What nobody has looked at yet, in its order. */
export function oldestFacts(tx: TenantTx): Promise<Fact[]> {
  return tx.raw.unsafe<Fact[]>(
    `select id, event, ticket_id as "ticketId", conversation_id as "conversationId", message_id as "messageId", changed,
            origin_id as "originId", depth, occurred_at as "occurredAt"
       from automation_facts where tenant_id = $1 order by id limit ${most}`,
    [tx.tenantId],
    { prepare: true },
  );
}

/** Rules that are on, in the order in which they are tried. */
export async function enabledRules(tx: TenantTx): Promise<Rule[]> {
  return tx.raw.unsafe<Rule[]>(
    `select id, name, event, changed, match, conditions, actions from automation_rules
      where tenant_id = $1 and enabled order by position, id`,
    [tx.tenantId],
    { prepare: true },
  );
}

export async function forget(tx: TenantTx, facts: readonly Fact[]): Promise<void> {
  await tx.raw.unsafe(
    "delete from automation_facts where tenant_id = $1 and id = any($2::uuid[])",
    [tx.tenantId, facts.map(({ id }) => id)] as never[],
    { prepare: true },
  );
}
