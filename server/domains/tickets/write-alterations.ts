import { getTableColumns } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { tickets } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Alteration, Ticket } from "./ticket-changes.ts";

export interface Altered {
  /** As it was. */
  ticket: Ticket;
  alteration: Alteration;
}

type Field = keyof Alteration["set"] & keyof Ticket;
const columns = getTableColumns(tickets);

/**
 * Writes what locked tickets become, in one statement for one as for five hundred. A column that only some of
 * them change is written to the others as it is.
 */
export async function writeAlterations(tx: TenantTx, altered: readonly Altered[], updatedAt: Date): Promise<void> {
  const fields = [...new Set(altered.flatMap(({ alteration }) => fieldsOf(alteration)))].toSorted();
  const rows = altered.map(({ ticket, alteration: { set } }) => ({
    id: ticket.id,
    ...Object.fromEntries(
      fields.map((field) => [columns[field].name, set[field] === undefined ? ticket[field] : set[field]]),
    ),
  }));
  const assignments = fields.map((field) => `"${columns[field].name}" = wanted."${columns[field].name}", `).join("");
  const shape = fields.map((field) => `, "${columns[field].name}" ${columns[field].getSQLType()}`).join("");
  await tx.raw.unsafe(
    `update tickets t set ${assignments}updated_at = $2::timestamptz
       from jsonb_to_recordset($3::text::jsonb) as wanted (id uuid${shape})
      where t.tenant_id = $1 and t.id = wanted.id`,
    [tx.tenantId, updatedAt, jsonRows(rows)] as never[],
    { prepare: true },
  );
}

/** The fields that an alteration sets. */
export function fieldsOf({ set }: Alteration): Field[] {
  return (Object.keys(set) as Field[]).filter((field) => set[field] !== undefined);
}

/** A field's value as JSON gave it back: instants are text there. */
export function revived(field: string, value: unknown): unknown {
  const isInstant = columns[field as Field]?.dataType === "date";
  return isInstant && typeof value === "string" ? new Date(value) : value;
}
