import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import type { AuditEntry } from "#server/domains/audit/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { membershipsOf } from "./people.ts";

/**
 * What a person does with their account (sign-in, new password) belongs to no tenant: each tenant they
 * may act in gets its row, since each of them is concerned.
 */
export async function auditPerson(userId: string, clock: Clock, entry: AuditEntry): Promise<void> {
  const active = (await membershipsOf(userId)).filter(({ status }) => status === "active");
  await Promise.all(
    active.map(({ tenantId, role }) =>
      recordAudit(contextFor(tenantId, { type: "member", userId, role }, clock), entry),
    ),
  );
}
