import { sql } from "drizzle-orm";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { newId } from "#server/core/ids.ts";
import { apologies } from "./apologies.ts";
import type { SpeakingCall } from "./define-call-function.ts";
import type { FunctionOutcome } from "./run-call-function.ts";
import { functionLimitMs, runCallFunction } from "./run-call-function.ts";

/** A function as the provider asked for it. */
export interface AskedFunction {
  /** The provider's name for this very call of it. */
  key: string;
  name: string;
  arguments: Record<string, unknown>;
}

/** What is answered, now and whenever the provider asks again. */
export type FunctionAnswer = Pick<FunctionOutcome, "result" | "error" | "transferTo">;

/** A little longer than a function may take: then the database gives up whatever still waits. */
const statementLimitMs = functionLimitMs + 500;

/**
 * Runs a function of a call once, whoever asks for it how often. That it was taken, what it did and what it answered commit
 * together: a process that dies in the middle leaves nothing, and who asks meanwhile waits for the row and hears what
 * became of it. One that takes too long is given up as a whole, and stays answered so.
 */
export async function runOnce(
  ctx: Ctx,
  call: SpeakingCall & { callId: string },
  asked: AskedFunction,
): Promise<FunctionAnswer> {
  try {
    return await withTenant(ctx, async (tx) => {
      const taken = await take(ctx, tx, call.callId, asked);
      if (!taken) return answerOf(tx, call, asked.key);
      const outcome = await runCallFunction({ ...ctx, tx }, call, asked);
      if (outcome.late || call.signal.aborted) throw new TooLate(outcome.milliseconds);
      if (!outcome.done) await tx.raw.unsafe("rollback to savepoint asked");
      await record(ctx, tx, call.callId, asked.key, outcome);
      return outcome;
    });
  } catch (error) {
    const late = error instanceof TooLate || (error as { code?: string }).code === "57014";
    if (!late) log.warn({ err: error, tenantId: ctx.tenantId, name: asked.name }, "a function of a call failed");
    const answer = { result: null, error: apologies[late ? "late" : "failed"][call.language](), transferTo: null };
    return late ? rememberLate(ctx, call, asked, answer) : answer;
  }
}

class TooLate extends Error {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super("too late");
    this.milliseconds = milliseconds;
  }
}

/**
 * The row that says it is being done, unless there is one. The call's own row is held first, as whoever takes its events in
 * does: functions of one call follow each other, and nobody waits for a customer while another waits for the call.
 */
async function take(ctx: Ctx, tx: TenantTx, callId: string, asked: AskedFunction): Promise<boolean> {
  const ask = <Row extends object>(statement: string, ...values: unknown[]) =>
    // At once: they must arrive in this order.
    tx.raw.unsafe<Row[]>(statement, values as never[], { prepare: true }).execute();
  const [, , taken] = await Promise.all([
    ask("select set_config('statement_timeout', $1, true)", String(statementLimitMs)),
    ask("select from call_logs where tenant_id = $1 and id = $2::uuid for no key update", ctx.tenantId, callId),
    ask<{ id: string }>(
      `insert into call_functions (tenant_id, id, call_id, key, name, arguments, created_at)
       values ($1, $2::uuid, $3::uuid, $4, $5, $6::text::jsonb, $7::timestamptz)
       on conflict (tenant_id, call_id, key) do nothing
       returning id`,
      ctx.tenantId,
      newId(),
      callId,
      asked.key,
      asked.name,
      JSON.stringify(asked.arguments),
      ctx.clock.now(),
    ),
    tx.raw.unsafe("savepoint asked").execute(),
  ]);
  return taken.length > 0;
}

async function answerOf(tx: TenantTx, { callId, language }: SpeakingCall, key: string): Promise<FunctionAnswer> {
  const [found] = await tx.execute<FunctionAnswer>(sql`
    select result, error,
           (select action ->> 'transferTo' from call_logs, jsonb_array_elements(actions_performed) action
             where call_logs.id = call_id and action ->> 'key' = key) as "transferTo"
      from call_functions where call_id = ${callId} and key = ${key}`);
  const { result = null, error = null, transferTo = null } = found ?? {};
  return result === null && error === null
    ? { result, error: apologies.late[language](), transferTo }
    : { result, error, transferTo };
}

/** Writes what a function came to, links the call to what it made, and adds it to what was done in the call. */
async function record(
  ctx: Ctx,
  tx: TenantTx,
  callId: string,
  key: string,
  { result, error, milliseconds, links, transferTo }: FunctionOutcome,
): Promise<void> {
  const now = ctx.clock.now().toISOString();
  const { customerId = null, ...made } = links;
  const more = { ...made, ...(transferTo === null ? {} : { transferTo }) };
  await tx.execute(sql`
    with written as (
      update call_functions set result = ${result}, error = ${error}, milliseconds = ${milliseconds}
       where call_id = ${callId} and key = ${key}
      returning key, name, arguments, result, error
    )
    update call_logs
       set actions_performed = actions_performed || (
             select jsonb_build_array(jsonb_build_object('key', key, 'name', name, 'at', ${now}::text, 'arguments', arguments, 'result', result, 'error', error)
                      || ${JSON.stringify(more)}::jsonb)
               from written),
           appointment_id = coalesce(${made.appointmentId ?? null}::uuid, appointment_id),
           prospect_id = coalesce(${made.prospectId ?? null}::uuid, prospect_id),
           ticket_id = coalesce(ticket_id, ${made.ticketId ?? null}::uuid),
           customer_id = coalesce(customer_id, ${customerId}::uuid),
           updated_at = ${now}::timestamptz
     where id = ${callId}`);
}

/** Whoever asks again hears the same; the one that came first, if another was quicker. */
async function rememberLate(
  ctx: Ctx,
  call: SpeakingCall & { callId: string },
  asked: AskedFunction,
  answer: FunctionAnswer,
): Promise<FunctionAnswer> {
  try {
    return await withTenant(ctx, async (tx) => {
      if (!(await take(ctx, tx, call.callId, asked))) return answerOf(tx, call, asked.key);
      const nothing = { links: {}, done: false, late: true, milliseconds: functionLimitMs };
      await record(ctx, tx, call.callId, asked.key, { ...answer, ...nothing });
      return answer;
    });
  } catch (error) {
    log.warn({ err: error, tenantId: ctx.tenantId, name: asked.name }, "a late function was not noted");
    return answer;
  }
}
