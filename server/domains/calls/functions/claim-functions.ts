import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { FunctionOutcome } from "./run-call-function.ts";

/** A function as the provider asked for it. */
export interface AskedFunction {
  /** The provider's name for this very call of it. */
  key: string;
  name: string;
  arguments: Record<string, unknown>;
}

/** Takes those of the functions that nobody has taken before. Answers their keys. */
export async function claimFunctions(ctx: Ctx, callId: string, asked: readonly AskedFunction[]): Promise<Set<string>> {
  const rows = asked.map((one) => ({ id: newId(), key: one.key, name: one.name, arguments: one.arguments }));
  const taken = await withTenant(ctx, (tx) =>
    tx.execute<{ key: string }>(sql`
      insert into call_functions (tenant_id, id, call_id, key, name, arguments, created_at)
      select ${ctx.tenantId}::uuid, id, ${callId}::uuid, key, name, arguments, ${ctx.clock.now().toISOString()}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as asked (id uuid, key text, name text, arguments jsonb)
      on conflict (tenant_id, call_id, key) do nothing
      returning key`),
  );
  return new Set(taken.map((row) => row.key));
}

/** What functions of a call came to, by key; those that still run are left out. */
export async function findOutcomes(
  ctx: Ctx,
  callId: string,
  keys: readonly string[],
): Promise<Map<string, Pick<FunctionOutcome, "result" | "error">>> {
  const found = await withTenant(ctx, (tx) =>
    tx.execute<{ key: string; result: string | null; error: string | null }>(sql`
      select key, result, error from call_functions
       where call_id = ${callId} and key = any (array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)))
         and (result is not null or error is not null)`),
  );
  return new Map(found.map(({ key, ...outcome }) => [key, outcome]));
}

/** Writes what functions came to, and adds them to what was done in the call. The first outcome holds. */
export async function recordOutcomes(
  ctx: Ctx,
  callId: string,
  outcomes: ReadonlyMap<string, FunctionOutcome>,
): Promise<void> {
  if (outcomes.size === 0) return;
  const rows = [...outcomes].map(([key, outcome]) => ({ key, ...outcome }));
  const now = ctx.clock.now().toISOString();
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      with came as (
        select * from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as came (key text, result text, error text, milliseconds integer)
      ), written as (
        update call_functions done
           set result = came.result, error = came.error, milliseconds = came.milliseconds
          from came
         where done.call_id = ${callId} and done.key = came.key and done.result is null and done.error is null
        returning done.id, done.name, done.arguments, done.result, done.error
      )
      update call_logs
         set actions_performed = actions_performed || (
               select jsonb_agg(jsonb_build_object('name', name, 'at', ${now}::text, 'arguments', arguments, 'result', result, 'error', error) order by id)
                 from written),
             updated_at = ${now}::timestamptz
       where id = ${callId} and exists (select from written)`),
  );
}
