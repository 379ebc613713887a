import { sql } from "drizzle-orm";
import { isPassing } from "#db/database-away.ts";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { eraseWebhookLogs } from "#server/domains/webhook-logs/index.ts";
import { countPerson } from "./count-erasure.ts";
import { eraseAppointments } from "./erase-appointments.ts";
import { eraseProspects } from "./erase-prospects.ts";
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
  await again(() => firstRound(ctx, customerId));
  await again(() => secondRound(ctx, customerId));
}

/** Whatever takes messages in holds its events before it touches the customer: the same order here. */
function firstRound(ctx: Ctx, customerId: string): Promise<void> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const person = await gatherPerson(tx, customerId);
    await eraseWebhookLogs(tx, person.logIds, now);
    const { erasedAt } = await lock(tx, customerId);
    if (erasedAt) return;
    await eraseWork(tx, person, now);
    await eraseAppointments(tx, person, now);
    await eraseProspects(tx, person, now);
    await eraseRecord(tx, person, now);
    const data = { ...countPerson(person) };
    await recordAudit({ ...ctx, tx }, { action: "customer.erase", entityType: "customer", entityId: customerId, data });
    tx.afterCommit(() => {
      publish(ctx.tenantId, "customers", [customerId]);
      publish(ctx.tenantId, "conversations", person.conversationIds);
      publish(ctx.tenantId, "tickets", person.ticketIds);
      publish(ctx.tenantId, "appointments", "*");
      publish(ctx.tenantId, "prospects", "*");
    });
  });
}

/** What was being taken in of them meanwhile waited for the customer's row, and this waits for it. */
function secondRound(ctx: Ctx, customerId: string): Promise<void> {
  return withTenant(ctx, async (tx) => {
    await lock(tx, customerId);
    const person = await gatherPerson(tx, customerId);
    await eraseWebhookLogs(tx, person.logIds, ctx.clock.now());
    await eraseWork(tx, person, ctx.clock.now());
    await eraseAppointments(tx, person, ctx.clock.now());
    await eraseProspects(tx, person, ctx.clock.now());
    await eraseRecord(tx, person, ctx.clock.now());
  });
}

async function lock(tx: TenantTx, customerId: string): Promise<{ erasedAt: Date | null }> {
  const [row] = await tx.execute<{ erasedAt: Date | null }>(
    sql`select erased_at as "erasedAt" from customers where id = ${customerId} for update`,
  );
  if (!row) throw notFound();
  return row;
}

/** Two who want the same rows in another order: the database ends one, which begins again. */
async function again(round: () => Promise<void>, tries = 3): Promise<void> {
  try {
    await round();
  } catch (error) {
    if (tries <= 1 || !isPassing(error)) throw error;
    await again(round, tries - 1);
  }
}
