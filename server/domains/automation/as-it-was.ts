import { jsonRows } from "#db/json-rows.ts";
import type { TenantTx } from "#db/tenant.ts";
import { changeLines } from "./announce-tickets.ts";
import type { Known } from "./read-known.ts";
import type { Fact, Subject, SubjectTicket } from "./subject.ts";

type Kept = "status" | "priority" | "assignee" | "team" | "category";

/**
 * Tickets as they were when facts happened: what the first change after them says it was before. What threads keep no history of (their
 * own team and assignee, labels, a customer's segment and tags) stays as it is now. One statement.
 */
export async function asTheyWere(
  tx: TenantTx,
  facts: readonly Fact[],
  subjects: ReadonlyMap<string, Subject>,
  known: Known,
): Promise<Map<string, Subject>> {
  const rows = facts.flatMap(({ id, occurredAt }) => {
    const ticketId = subjects.get(id)?.ticket?.id;
    return ticketId ? [{ key: id, ticket_id: ticketId, at: occurredAt }] : [];
  });
  const found = await tx.raw.unsafe<{ key: string; kind: Kept; before: unknown }[]>(
    statement,
    [tx.tenantId, jsonRows(rows)] as never[],
    { prepare: true },
  );
  const later = Map.groupBy(found, ({ key }) => key);
  const categories = new Map([...known.categories].map(([id, name]) => [name, id]));
  return new Map(
    [...subjects].map(([key, subject]) => {
      const { ticket } = subject;
      if (!ticket) return [key, subject];
      const before = Object.assign(
        {},
        ...(later.get(key) ?? []).map((line) => wasBefore(line.kind, line.before, categories)),
      );
      return [key, { ...subject, ticket: { ...ticket, ...(before as Partial<SubjectTicket>) } }];
    }),
  );
}

function wasBefore(kind: Kept, value: unknown, categories: ReadonlyMap<string, string>): Partial<SubjectTicket> {
  const id = typeof value === "string" ? value : null;
  if (kind === "status" || kind === "priority") return id ? ({ [kind]: id } as Partial<SubjectTicket>) : {};
  // A timeline keeps categories by their names.
  if (kind === "category") return { categoryId: id && (categories.get(id) ?? null) };
  return kind === "assignee" ? { assigneeId: id } : { teamId: id };
}

const kindOf = (["status", "priority", "assignee", "team", "category"] as const)
  .map((kind) => `when type in (${changeLines[kind].map((line) => `'${line}'`).join(", ")}) then '${kind}'`)
  .join(" ");

const statement = `
  select distinct on (told.key, line.kind) told.key, line.kind, line.data -> 'from' as before
    from jsonb_to_recordset($2::text::jsonb) as told (key text, ticket_id uuid, at timestamptz)
   cross join lateral (
     select id, data, case ${kindOf} end as kind from ticket_events
      where tenant_id = $1 and ticket_id = told.ticket_id and created_at > told.at
      order by id limit 200 offset 0) line
   where line.kind is not null
   order by told.key, line.kind, line.id`;
