import { customerNameOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Flight, FlightStep } from "./flight-step.ts";
import { inOrder } from "./flight-step.ts";
import { stepsOfLog } from "./steps-of-log.ts";

interface CallFacts {
  id: string;
  conversationId: string | null;
  customerName: string | null;
  channelName: string | null;
  direction: "in" | "out";
  status: string;
  durationSeconds: number | null;
  endedReason: string | null;
  startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  reconciledAt: Date | null;
  webhookLogId: string | null;
  ticketNumber: number | null;
}

/** The way of one call: the event that told of it, ringing, what the voice agent asked for, its end, and what it made. */
export async function flightOfCall(ctx: Ctx, id: string): Promise<Flight> {
  return withTenant(ctx, async (tx) => {
    const call = await findCall(tx, id);
    const [cameIn, functions] = await Promise.all([stepsOfLog(ctx, tx, call.webhookLogId), functionsOf(tx, id)]);
    const { conversationId, customerName, channelName, direction, ticketNumber } = call;
    const subject = { kind: "call", id, conversationId, ticketNumber, direction, customerName, channelName } as const;
    return { subject, steps: inOrder([...cameIn, ...stepsOfCall(call), ...functions]) };
  });
}

async function findCall(tx: TenantTx, id: string): Promise<CallFacts> {
  const [row] = await tx.raw.unsafe<CallFacts[]>(
    `select id, conversation_id as "conversationId", ${customerNameOf("customer_id")} as "customerName",
            (select name from channel_configurations where tenant_id = $1 and id = channel_id) as "channelName",
            direction, status, duration_seconds as "durationSeconds", ended_reason as "endedReason",
            started_at as "startedAt", answered_at as "answeredAt", ended_at as "endedAt",
            reconciled_at as "reconciledAt", webhook_log_id as "webhookLogId",
            (select number::int from tickets where tenant_id = $1 and id = ticket_id) as "ticketNumber"
       from call_logs where tenant_id = $1 and id = $2`,
    [tx.tenantId, id],
    { prepare: true },
  );
  if (!row) throw notFound();
  return row;
}

function stepsOfCall(call: CallFacts): FlightStep[] {
  const failed = ["failed", "no_answer", "busy", "canceled"].includes(call.status);
  const steps: FlightStep[] = [
    { at: call.startedAt, kind: "called", state: "ok", facts: { direction: call.direction } },
  ];
  if (call.answeredAt) steps.push({ at: call.answeredAt, kind: "picked_up", state: "ok" });
  if (call.reconciledAt) steps.push({ at: call.reconciledAt, kind: "asked_provider", state: "ok" });
  if (call.endedAt) {
    const facts = { status: call.status, seconds: call.durationSeconds, reason: call.endedReason };
    steps.push({ at: call.endedAt, kind: "hung_up", state: failed ? "bad" : "ok", facts });
  }
  if (call.ticketNumber) {
    steps.push({ at: null, kind: "ticket", state: "ok", facts: { number: call.ticketNumber, isNew: true } });
  }
  return steps;
}

async function functionsOf(tx: TenantTx, callId: string): Promise<FlightStep[]> {
  const rows = await tx.raw.unsafe<{ name: string; ms: number | null; failed: boolean; at: Date }[]>(
    `select name, milliseconds as ms, error is not null as failed, created_at as at
       from call_functions where tenant_id = $1 and call_id = $2 order by id limit 100`,
    [tx.tenantId, callId],
    { prepare: true },
  );
  return rows.map(({ name, ms, failed, at }) => ({
    at,
    kind: "function",
    state: failed ? "bad" : ms === null ? "wait" : "ok",
    facts: { name, ms },
  }));
}
