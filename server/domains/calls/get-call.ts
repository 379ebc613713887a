import { and, eq, sql } from "drizzle-orm";
import type { AppointmentBeside } from "#db/appointments-beside.ts";
import { appointmentsBeside, readAppointments } from "#db/appointments-beside.ts";
import { callLogs } from "#db/schema/calls.ts";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { customers } from "#db/schema/customers.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Attachment } from "#server/domains/attachments/index.ts";
import { recordingsOf } from "#server/domains/attachments/index.ts";
import { isMissed, isUnderWay } from "./call-facts.ts";
import type { CallRow } from "./call-row.ts";
import type { FollowUp } from "./follow-up.ts";
import type { CallRef } from "./schemas.ts";

type Shown =
  | "id"
  | "direction"
  | "status"
  | "fromNumber"
  | "toNumber"
  | "forwardedFrom"
  | "assistantId"
  | "startedAt"
  | "answeredAt"
  | "endedAt"
  | "durationSeconds"
  | "costCents"
  | "currency"
  | "summary"
  | "sentiment"
  | "endedReason"
  | "transcript"
  | "conversationId"
  | "appointmentId"
  | "prospectId"
  | "reconciledAt";

/** A function that the voice agent called, and what it was told. */
export interface CallAction {
  name: string;
  at: Date;
  result: string | null;
  error: string | null;
}

export interface CallDetail extends Pick<CallRow, Shown> {
  underWay: boolean;
  missed: boolean;
  /** Something of it is still to be heard, or asked for. */
  awaited: boolean;
  channel: { id: string; name: string; provider: string };
  /** null while nobody knows who called. */
  customer: { id: string; name: string } | null;
  /** What became of a missed call, and when that was seen; null while nobody has looked. */
  followUp: { what: FollowUp; at: Date } | null;
  actions: CallAction[];
  /** What it is about. */
  ticket: { id: string; number: number; subject: string } | null;
  /** Of whoever called. */
  appointments: AppointmentBeside[];
  recordings: Attachment[];
}

/** All that is known of one call. `not_found` in another tenant. */
export async function getCall(ctx: Ctx, { callId }: CallRef): Promise<CallDetail> {
  return withTenant(ctx, async (tx) => {
    const [found, recordings] = await Promise.all([
      tx
        .select({
          call: callLogs,
          channel: { id: channels.id, name: channels.name, provider: channels.provider },
          customerName: customers.displayName,
          ticket: { id: tickets.id, number: tickets.number, subject: tickets.subject },
          appointments: appointmentsBeside(sql`${callLogs.tenantId}`, sql`${callLogs.customerId}`, ctx.clock.now()),
        })
        .from(callLogs)
        .innerJoin(channels, eq(channels.id, callLogs.channelId))
        .leftJoin(customers, eq(customers.id, callLogs.customerId))
        .leftJoin(tickets, and(eq(tickets.tenantId, callLogs.tenantId), eq(tickets.id, callLogs.ticketId)))
        .where(eq(callLogs.id, callId)),
      recordingsOf({ ...ctx, tx }, [callId]),
    ]);
    const [row] = found;
    if (!row) throw notFound();
    const { call, channel, customerName, ticket, appointments } = row;
    return {
      ...shownOf(call),
      underWay: isUnderWay(call),
      missed: isMissed(call),
      awaited: call.reconcileAt !== null,
      channel,
      customer: call.customerId && customerName ? { id: call.customerId, name: customerName } : null,
      followUp: followUpOf(call),
      actions: call.actionsPerformed.map(actionOf),
      ticket,
      appointments: readAppointments(appointments),
      recordings: recordings.get(callId) ?? [],
    };
  });
}

function shownOf({
  provider: _provider,
  externalId: _externalId,
  metadata: _metadata,
  reconcileAt: _next,
  followUpAt: _followUp,
  actionsPerformed: _actions,
  ticketId: _ticket,
  ...call
}: CallRow): Pick<CallRow, Shown> {
  return call;
}

function followUpOf({ metadata }: Pick<CallRow, "metadata">): CallDetail["followUp"] {
  const kept = metadata["followUp"] as { what: FollowUp; at: string } | undefined;
  return kept ? { what: kept.what, at: new Date(kept.at) } : null;
}

function actionOf({ name, at, result, error }: Record<string, unknown>): CallAction {
  const words = (value: unknown) => (typeof value === "string" ? value : null);
  return { name: words(name) ?? "", at: new Date(words(at) ?? 0), result: words(result), error: words(error) };
}
