import { countUpTo } from "#db/count-up-to.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { beyondSql, countedSql, cursorAt, filterSql, rowsSql } from "./appointment-rows.ts";
import type { AppointmentPage, AppointmentRow, CountInput, ExportInput, ListInput } from "./schemas.ts";
import { countInput, exportInput, listInput } from "./schemas.ts";

export const appointmentsPerPage = 50;
/** Of one page of a file: memory stays flat however long it is. */
export const appointmentsPerExport = 1_000;

/** Appointments by time, in either direction, 50 at a time, with how many there are; one round trip. */
export async function listAppointments(ctx: Ctx, input: ListInput): Promise<AppointmentPage> {
  const { direction, after, before, ...filter } = listInput.parse(input);
  const counted: unknown[] = [ctx.tenantId];
  const all = countedSql(filter, (value) => `$${counted.push(value)}`);
  const params: unknown[] = [ctx.tenantId];
  const where = filterSql(filter, (value) => `$${params.push(value)}`);
  const backwards = before !== undefined;
  const down = (direction === "desc") !== backwards;
  const cursor = before ?? after;
  const beyond = cursor ? ` and ${beyondSql(cursor, down, (value) => `$${params.push(value)}`)}` : "";
  const statement = rowsSql({ where: where + beyond, down, limit: appointmentsPerPage + 1 });
  const [found, [total = 0]] = await withTenant(ctx, (tx) =>
    Promise.all([
      tx.raw.unsafe<AppointmentRow[]>(statement, params as never[], { prepare: true }),
      countUpTo(tx, [all], counted),
    ]),
  );
  const rows = found.slice(0, appointmentsPerPage);
  const more = found.length > appointmentsPerPage;
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    next: last && (more || backwards) ? cursorAt(last) : null,
    previous: first && (backwards ? more : after !== undefined) ? cursorAt(first) : null,
    total,
  };
}

/** How many appointments each filter holds, up to 1,000 and one. */
export async function countAppointments(ctx: Ctx, input: CountInput): Promise<number[]> {
  const { filters } = countInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const lists = filters.map((filter) => countedSql(filter, (value) => `$${params.push(value)}`));
  return withTenant(ctx, (tx) => countUpTo(tx, lists, params));
}

/** What the list shows under the same filter, page by page. */
export async function exportAppointments(
  ctx: Ctx,
  input: ExportInput,
): Promise<{ rows: AppointmentRow[]; next: string | null }> {
  const { direction, after, ...filter } = exportInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const down = direction === "desc";
  const beyond = after ? [beyondSql(after, down, put)] : [];
  const where = [filterSql(filter, put), ...beyond].join(" and ");
  const statement = rowsSql({ where, down, limit: appointmentsPerExport });
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<AppointmentRow[]>(statement, params as never[], { prepare: true }),
  );
  const last = rows.length === appointmentsPerExport ? rows.at(-1) : undefined;
  return { rows: [...rows], next: last ? cursorAt(last) : null };
}
