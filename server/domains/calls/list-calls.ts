import { countUpTo } from "#db/count-up-to.ts";
import { cursorOf, placeOf } from "#db/keyset.ts";
import { customerNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { isMissed, isUnderWay } from "./call-facts.ts";
import { filterSql } from "./call-filter.ts";
import type { CallRow } from "./call-row.ts";
import type { CountCallsInput, ListCallsInput } from "./schemas.ts";
import { countCallsInput, listCallsInput } from "./schemas.ts";

/** A call as a list shows it. */
export interface CallSummary extends Pick<
  CallRow,
  | "id"
  | "direction"
  | "status"
  | "fromNumber"
  | "toNumber"
  | "startedAt"
  | "durationSeconds"
  | "costCents"
  | "currency"
  | "sentiment"
  | "channelId"
  | "customerId"
  | "assistantId"
  | "appointmentId"
  | "prospectId"
> {
  customerName: string | null;
  channelName: string;
  ticketNumber: number | null;
  /** Names of the functions that the voice agent called and that came to something, in order. */
  done: string[];
  missed: boolean;
  underWay: boolean;
}

export interface CallPage {
  rows: CallSummary[];
  nextCursor: string | null;
}

/** Calls, the latest first. One statement: its rows are found in one index before anything is looked up beside them. */
export async function listCalls(ctx: Ctx, input: ListCallsInput): Promise<CallPage> {
  const { cursor, limit, ...filter } = listCallsInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const beyond = cursor ? ` and ${beyondSql(cursor, put)}` : "";
  const where = filterSql(filter, ctx.clock.now(), put) + beyond;
  const statement = `
    select ${columns}
      from (select * from call_logs call where ${where} order by ${latestFirst} limit ${limit + 1}) call
     order by ${latestFirst}`;
  const found = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Omit<CallSummary, "missed" | "underWay">[]>(statement, params as never[], { prepare: true }),
  );
  const rows = found.slice(0, limit).map((row) => ({ ...row, missed: isMissed(row), underWay: isUnderWay(row) }));
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last ? cursorOf(last.startedAt, last.id) : null };
}

/** How many calls each filter holds, up to 1,000 and one: the latest of them, in the order of an index. */
export async function countCalls(ctx: Ctx, input: CountCallsInput): Promise<number[]> {
  const { filters } = countCallsInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const now = ctx.clock.now();
  const lists = filters.map((filter) => `call_logs call where ${filterSql(filter, now, put)} order by ${latestFirst}`);
  return withTenant(ctx, (tx) => countUpTo(tx, lists, params));
}

const latestFirst = "call.started_at desc, call.id desc";

function beyondSql(cursor: string, put: (value: unknown) => string): string {
  const place = placeOf(cursor);
  const at = Number(place?.value);
  if (!place || !Number.isSafeInteger(at)) throw new DomainError("invalid", "invalid_cursor");
  return `(call.started_at, call.id) < (${put(new Date(at))}::timestamptz, ${put(place.id)}::uuid)`;
}

const columns = `
  call.id, call.direction, call.status, call.from_number as "fromNumber", call.to_number as "toNumber", call.started_at as "startedAt",
  call.duration_seconds as "durationSeconds", call.cost_cents as "costCents", call.currency, call.sentiment,
  call.channel_id as "channelId", call.customer_id as "customerId", call.assistant_id as "assistantId",
  call.appointment_id as "appointmentId", call.prospect_id as "prospectId",
  ${customerNameOf("call.customer_id")} as "customerName",
  (select name from channel_configurations where tenant_id = $1 and id = call.channel_id) as "channelName",
  (select number::int from tickets where tenant_id = $1 and id = call.ticket_id) as "ticketNumber",
  array(select action ->> 'name' from jsonb_array_elements(call.actions_performed) with ordinality as done (action, at)
         where action ->> 'result' is not null order by at) as done`;
