import { countUpTo } from "#db/count-up-to.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { beyondSql, countedSql, cursorAt, filterSql, orderOf, rowsSql } from "./prospect-rows.ts";
import type { CountInput, ExportInput, ListInput, ProspectPage, ProspectRow } from "./schemas.ts";
import { countInput, exportInput, listInput } from "./schemas.ts";

export const prospectsPerPage = 50;
/** Of one page of a file: memory stays flat however long it is. */
export const prospectsPerExport = 1_000;

/** Prospects, 50 at a time, with how many there are; one round trip. */
export async function listProspects(ctx: Ctx, input: ListInput): Promise<ProspectPage> {
  const { after, before, ...filter } = listInput.parse(input);
  const counted: unknown[] = [ctx.tenantId];
  const all = countedSql(filter, (value) => `$${counted.push(value)}`);
  const params: unknown[] = [ctx.tenantId];
  const where = filterSql(filter, (value) => `$${params.push(value)}`);
  const back = before !== undefined;
  const order = orderOf(filter.sort);
  const cursor = before ?? after;
  const beyond = cursor ? ` and ${beyondSql(cursor, order, back, (value) => `$${params.push(value)}`)}` : "";
  const [found, [total = 0]] = await withTenant(ctx, (tx) =>
    Promise.all([
      tx.raw.unsafe<ProspectRow[]>(
        rowsSql({ where: where + beyond, order, back, limit: prospectsPerPage + 1 }),
        params as never[],
        { prepare: true },
      ),
      countUpTo(tx, [all], counted),
    ]),
  );
  const rows = found.slice(0, prospectsPerPage);
  const more = found.length > prospectsPerPage;
  if (back) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    next: last && (more || back) ? cursorAt(last, order) : null,
    previous: first && (back ? more : after !== undefined) ? cursorAt(first, order) : null,
    total,
  };
}

/** How many prospects each filter holds, up to 1,000 and one. */
export async function countProspects(ctx: Ctx, input: CountInput): Promise<number[]> {
  const { filters } = countInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const lists = filters.map((filter) => countedSql(filter, (value) => `$${params.push(value)}`));
  return withTenant(ctx, (tx) => countUpTo(tx, lists, params));
}

/** What the list shows under the same filter, page by page. */
export async function exportProspects(
  ctx: Ctx,
  input: ExportInput,
): Promise<{ rows: ProspectRow[]; next: string | null }> {
  const { after, ...filter } = exportInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const order = orderOf(filter.sort);
  const beyond = after ? [beyondSql(after, order, false, put)] : [];
  const where = [filterSql(filter, put), ...beyond].join(" and ");
  const statement = rowsSql({ where, order, back: false, limit: prospectsPerExport });
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<ProspectRow[]>(statement, params as never[], { prepare: true }),
  );
  const last = rows.length === prospectsPerExport ? rows.at(-1) : undefined;
  return { rows: [...rows], next: last ? cursorAt(last, order) : null };
}
