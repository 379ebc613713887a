import { and, eq, ne, sql } from "drizzle-orm";
import { macros, ticketCategories, ticketFields, ticketTemplates } from "#db/schema/ticket-forms.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";

/** Lists that a business keeps, each with a name that is there once. */
const lists = {
  ticket_category: ticketCategories,
  ticket_field: ticketFields,
  ticket_template: ticketTemplates,
  macro: macros,
};
export type ListKind = keyof typeof lists;

/** Of one list. */
const most = 100;

/** Refuses, beside `name`, a name that another entry has; and one entry more than there can be. */
export async function refuseName(tx: TenantTx, kind: ListKind, name: string, id: string | null): Promise<void> {
  const list = lists[kind];
  const [taken] = await tx
    .select({ id: list.id })
    .from(list)
    .where(and(eq(list.name, name), id ? ne(list.id, id) : undefined));
  if (taken) throw new DomainError("conflict", "name_used", { fields: { name: "name_used" } });
  if (id === null && (await tx.$count(list)) >= most)
    throw new DomainError("conflict", "list_full", { fields: { name: "list_full" } });
}

/** Who changed a list, and how. */
export async function auditList(
  ctx: Ctx,
  kind: ListKind,
  verb: "create" | "update" | "archive" | "restore" | "move" | "delete",
  id: string,
  data: Record<string, unknown>,
): Promise<void> {
  await recordAudit(ctx, { action: `${kind}.${verb}`, entityType: kind, entityId: id, data });
}

type Ordered = "ticket_category" | "ticket_field";

/** Puts an entry of an ordered list before the one above it, or after the one below. At the edge it stays. */
export async function moveInList(ctx: Ctx, tx: TenantTx, kind: Ordered, id: string, up: boolean): Promise<void> {
  const table = sql.identifier(kind === "ticket_category" ? "ticket_categories" : "ticket_fields");
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select id, name from ${table} where archived_at is null order by position, id for update`);
  const at = rows.findIndex((row) => row.id === id);
  const entry = rows[at];
  if (!entry) throw notFound();
  const ids = rows.map((row) => row.id);
  ids.splice(at, 1);
  ids.splice(Math.max(0, up ? at - 1 : at + 1), 0, id);
  await tx.execute(sql`
    update ${table} entry set position = wanted.place - 1, updated_at = ${ctx.clock.now().toISOString()}::timestamptz
      from unnest(${sql.param(ids)}::uuid[]) with ordinality as wanted (id, place)
     where entry.tenant_id = ${ctx.tenantId}::uuid and entry.id = wanted.id and entry.position <> wanted.place - 1`);
  await auditList({ ...ctx, tx }, kind, "move", id, { name: entry.name, up });
}
