import type { Ctx } from "#server/core/context.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import { recordCalls } from "#server/domains/calls/index.ts";
import { recordChannelHealth } from "#server/domains/channels/index.ts";
import { applyMessageEvents, receiveMessages } from "#server/domains/conversations/index.ts";
import { changeIdentities, recordConsents } from "#server/domains/customers/index.ts";
import { noteTemplates } from "#server/domains/templates/index.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";
import type { ReadEvent } from "./read-events.ts";
import type { EventOutcome } from "./record-outcomes.ts";

type Told<Kind extends InboundEvent["kind"]> = {
  row: ClaimedLog & { channelId: string };
  event: Extract<InboundEvent, { kind: Kind }>;
};

/**
 * Turns what events mean into work, set by set: people and messages first, then what happened to
 * messages, so that a status finds the message of the same post.
 */
export async function actOnEvents(ctx: Ctx, events: readonly ReadEvent[]): Promise<EventOutcome[]> {
  const outcomes: EventOutcome[] = events.flatMap(leaveAside);
  outcomes.push(...(await changePeople(ctx, pick(events, "identity_change"))));
  outcomes.push(...(await receive(ctx, pick(events, "message"))));
  outcomes.push(...(await noteCalls(ctx, pick(events, "call"))));
  outcomes.push(...(await follow(ctx, pick(events, "status", "reaction", "edit", "revoke"))));
  outcomes.push(...(await heedConsents(ctx, pick(events, "consent"))));
  outcomes.push(...(await noteAccounts(ctx, pick(events, "account"))));
  await noteReceived(ctx, events);
  return outcomes;
}

/** What was refused again, or means nothing to us. */
function leaveAside({ row, event }: ReadEvent): EventOutcome[] {
  if (event.kind === "refused") return [{ row, status: "rejected", reason: event.reason }];
  if (event.kind === "ignored" || row.channelId === null)
    return [{ row, status: "ignored", reason: "unsupported_type" }];
  return [];
}

function pick<Kind extends InboundEvent["kind"]>(events: readonly ReadEvent[], ...kinds: Kind[]): Told<Kind>[] {
  return events.filter(
    (one): one is Told<Kind> => one.row.channelId !== null && (kinds as string[]).includes(one.event.kind),
  );
}

async function receive(ctx: Ctx, told: readonly Told<"message">[]): Promise<EventOutcome[]> {
  if (told.length === 0) return [];
  const received = await receiveMessages(
    ctx,
    told.map(({ row, event }) => ({ channelId: row.channelId, webhookLogId: row.id, event })),
  );
  return told.map(({ row }, at) => {
    const { outcome, ...links } = received[at]!;
    if (outcome === "duplicate") return { row, ...links, status: "duplicate", reason: "duplicate" };
    return { row, ...links, status: "processed", reason: outcome === "quiet" ? "sender_blocked" : null };
  });
}

async function noteCalls(ctx: Ctx, told: readonly Told<"call">[]): Promise<EventOutcome[]> {
  const recorded = await recordCalls(
    ctx,
    told.map(({ row, event }) => ({ channelId: row.channelId, webhookLogId: row.id, dedupeKey: row.dedupeKey, event })),
  );
  return told.map(({ row }, at) => {
    const { outcome, callId: _callId, ...links } = recorded[at]!;
    return outcome === "duplicate"
      ? { row, ...links, status: "duplicate", reason: "duplicate" }
      : { row, ...links, status: "processed", reason: null };
  });
}

async function follow(
  ctx: Ctx,
  told: readonly Told<"status" | "reaction" | "edit" | "revoke">[],
): Promise<EventOutcome[]> {
  if (told.length === 0) return [];
  const applied = await applyMessageEvents(
    ctx,
    told.map(({ row, event }) => ({ channelId: row.channelId, webhookLogId: row.id, dedupeKey: row.dedupeKey, event })),
  );
  return told.map(({ row }, at) => {
    const { outcome, ...links } = applied[at]!;
    if (outcome === "duplicate") return { row, ...links, status: "duplicate", reason: "duplicate" };
    return { row, ...links, status: "processed", reason: outcome === "parked" ? "waiting_for_message" : null };
  });
}

async function changePeople(ctx: Ctx, told: readonly Told<"identity_change">[]): Promise<EventOutcome[]> {
  if (told.length === 0) return [];
  const changed = await changeIdentities(
    ctx,
    told.map(({ event }) => event),
  );
  return told.map(({ row }, at) => ({ row, status: "processed", reason: null, customerId: changed[at] ?? null }));
}

async function heedConsents(ctx: Ctx, told: readonly Told<"consent">[]): Promise<EventOutcome[]> {
  if (told.length === 0) return [];
  const recorded = await recordConsents(
    ctx,
    told.map(({ row, event }) => ({ ...event, channelId: row.channelId, dedupeKey: row.dedupeKey })),
  );
  return told.map(({ row }, at) => {
    const { outcome, customerId } = recorded[at]!;
    return outcome === "duplicate"
      ? { row, customerId, status: "duplicate", reason: "duplicate" }
      : { row, customerId, status: "processed", reason: null };
  });
}

async function noteAccounts(ctx: Ctx, told: readonly Told<"account">[]): Promise<EventOutcome[]> {
  const worst = new Map(
    told.filter(({ event }) => event.severity !== "info").map(({ row, event }) => [row.channelId, event] as const),
  );
  for (const [channelId, { severity, text }] of worst) {
    const reason = severity === "critical" ? "account_restricted" : "account_alert";
    await recordChannelHealth(ctx, { channelId, error: { reason, detail: text } });
  }
  await noteTemplates(
    ctx,
    told.flatMap(({ row, event: { template, occurredAt } }) =>
      template ? { channelId: row.channelId, template, occurredAt: occurredAt ?? row.receivedAt } : [],
    ),
  );
  return told.map(({ row }) => ({ row, status: "processed", reason: null }));
}

/** Every channel that something verified came from is alive. */
async function noteReceived(ctx: Ctx, events: readonly ReadEvent[]): Promise<void> {
  const latest = new Map<string, { inboundAt: Date; spoke: boolean }>();
  for (const { row, event } of events) {
    if (row.channelId === null || event.kind === "refused") continue;
    const known = latest.get(row.channelId);
    const inboundAt = known && known.inboundAt > row.receivedAt ? known.inboundAt : row.receivedAt;
    latest.set(row.channelId, { inboundAt, spoke: known?.spoke === true || event.kind !== "ignored" });
  }
  for (const [channelId, sign] of latest) await recordChannelHealth(ctx, { channelId, ...sign });
}
