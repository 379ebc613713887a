import { sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { eraseWebhookLogs } from "#server/domains/webhook-logs/index.ts";
import { countPerson } from "./count-erasure.ts";
import { eraseRecord } from "./erase-record.ts";
import { eraseWork } from "./erase-work.ts";
import { gatherPerson } from "./person.ts";
import type { ErasureInput } from "./schemas.ts";

/**
 * Erases a person (GDPR, article 17): afterwards nothing here tells who they were or what they said, while every
 * count stays what it was. It cannot be undone, and a provider that tells their old events again brings nothing
 * back; if they write anew, they are a new customer. Erasing twice changes nothing.
 */
export async function eraseCustomer(ctx: Ctx, { customerId }: ErasureInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    if ((await lock(tx, customerId)).erasedAt) return;
    const person = await erase(tx, customerId, ctx.clock.now());
    const data = { ...countPerson(person) };
    await recordAudit({ ...ctx, tx }, { action: "customer.erase", entityType: "customer", entityId: customerId, data });
    tx.afterCommit(() => {
      publish(ctx.tenantId, "customers", [customerId]);
      publish(ctx.tenantId, "conversations", person.conversationIds);
      publish(ctx.tenantId, "tickets", person.ticketIds);
    });
  });
  // Messages that were being taken in meanwhile waited for the lock: the second round waits for them.
  await withTenant(ctx, async (tx) => {
    await lock(tx, customerId);
    await erase(tx, customerId, ctx.clock.now());
  });
}

async function lock(tx: TenantTx, customerId: string): Promise<{ erasedAt: Date | null }> {
  const [row] = await tx.execute<{ erasedAt: Date | null }>(
    sql`select erased_at as "erasedAt" from customers where id = ${customerId} for update`,
  );
  if (!row) throw notFound();
  return row;
}

async function erase(tx: TenantTx, customerId: string, now: Date) {
  const person = await gatherPerson(tx, customerId);
  await eraseWebhookLogs(tx, person.logIds, now);
  await eraseWork(tx, person, now);
  await eraseRecord(tx, person, now);
  return person;
}
