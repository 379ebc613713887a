import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { beyondSql, cursorAt, filterSql, orderOf, rowsSql } from "./prospect-rows.ts";
import type { ExportInput, ListInput, ProspectPage, ProspectRow } from "./schemas.ts";
import { exportInput, listInput } from "./schemas.ts";

export const prospectsPerPage = 50;
/** Of one page of a file: memory stays flat however long it is. */
export const prospectsPerExport = 1_000;
export const countCap = 1_000;

/** Prospects, 50 at a time, with how many there are; one round trip. */
export async function listProspects(ctx: Ctx, input: ListInput): Promise<ProspectPage> {
  const { after, before, ...filter } = listInput.parse(input);
  const counted: unknown[] = [ctx.tenantId];
  const where = filterSql(filter, (value) => `$${counted.push(value)}`);
  const params = [...counted];
  const back = before !== undefined;
  const order = orderOf(filter.sort);
  const cursor = before ?? after;
  const beyond = cursor ? ` and ${beyondSql(cursor, order, back, (value) => `$${params.push(value)}`)}` : "";
  const [found, [count]] = await withTenant(ctx, (tx) =>
    Promise.all([
      tx.raw.unsafe<ProspectRow[]>(
        rowsSql({ where: where + beyond, order, back, limit: prospectsPerPage + 1 }),
        params as never[],
        { prepare: true },
      ),
      tx.raw.unsafe<{ total: number }[]>(
        `select count(*)::int as total from (select 1 from prospects p where ${where} limit ${countCap + 1}) x`,
        counted as never[],
        { prepare: true },
      ),
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
    total: count?.total ?? 0,
  };
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
