import { and, eq, isNull } from "drizzle-orm";
import { ticketFields } from "#db/schema/ticket-forms.ts";
import type { TenantTx } from "#db/tenant.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import type { TicketField } from "#server/domains/ticket-forms/index.ts";
import { fieldKey, missingFields } from "#server/domains/ticket-forms/index.ts";
import type { Altered } from "./write-alterations.ts";

export type RequiredField = Pick<TicketField, "id" | "required" | "archivedAt">;

/** What a ticket is not resolved without. */
export async function requiredFields(tx: TenantTx): Promise<RequiredField[]> {
  const { id, required, archivedAt } = ticketFields;
  return tx
    .select({ id, required, archivedAt })
    .from(ticketFields)
    .where(and(eq(required, true), isNull(archivedAt)));
}

/** Which of them a ticket still lacks that is about to be resolved. */
export function lackingFields(required: readonly RequiredField[], { ticket, alteration }: Altered): RequiredField[] {
  if (alteration.set.status !== "resolved" || ticket.status === "resolved") return [];
  return missingFields(required, alteration.set.fields ?? ticket.fields);
}

/**
 * A ticket is resolved with the fields that the business requires, whoever resolves it. Of one ticket each missing
 * field is named; of several it is said that some are missing. Closing asks for none: doubles and spam have no answer.
 */
export async function requireFields(tx: TenantTx, altered: readonly Altered[]): Promise<void> {
  if (!altered.some(({ alteration }) => alteration.set.status === "resolved")) return;
  const required = await requiredFields(tx);
  const missing = altered.flatMap((one) => lackingFields(required, one));
  if (missing.length === 0) return;
  if (altered.length > 1) throw new DomainError("conflict", "fields_required");
  throw invalid(Object.fromEntries(missing.map((field) => [fieldKey(field.id), "required_to_resolve"])));
}
