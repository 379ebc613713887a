import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { keepMediaRefs } from "#server/domains/attachments/index.ts";
import type { CallLine, CallPlace } from "#server/domains/conversations/index.ts";
import { writeCallLines } from "#server/domains/conversations/index.ts";
import { resolveCustomers } from "#server/domains/customers/index.ts";
import type { PersonRef } from "#server/providers/contract.ts";
import type { CallEvent, CallFacts } from "./call-facts.ts";
import { factsOf, isAnswered, isMissed, isUnderWay, joinFacts } from "./call-facts.ts";
import { followUpAt } from "./follow-up.ts";
import { factsOfRow } from "./call-row.ts";
import type { HeldCall } from "./hold-calls.ts";
import { holdCalls } from "./hold-calls.ts";
import { writeCalls } from "./write-calls.ts";

/** As much of a summary as a line of a thread shows. */
const longestSummary = 600;

/** What one event says of a call. */
export interface ToldCall {
  channelId: string;
  /** The log row it came from. */
  webhookLogId: string | null;
  /** The provider's name for "the same event again". */
  dedupeKey: string;
  event: CallEvent;
}

export interface RecordedCall {
  /** `duplicate`: this very event was there before. */
  outcome: "recorded" | "duplicate";
  callId: string;
  /** Its line in the thread; null while nobody knows who called. */
  messageId: string | null;
  conversationId: string | null;
  customerId: string | null;
}

/** A call with what the batch adds to it. */
interface Change {
  held: HeldCall;
  before: CallFacts | null;
  after: CallFacts;
  person: PersonRef | null;
  webhookLogId: string | null;
}

/**
 * Takes events of phone calls in: each call is one row, one line in its customer's thread and one
 * activity, completed by every event, in any order and however often it is repeated. Unknown callers
 * become customers; a withheld number is nobody. One transaction, and as many statements for a
 * thousand events as for one. Answers in order.
 */
export async function recordCalls(ctx: Ctx, told: readonly ToldCall[]): Promise<RecordedCall[]> {
  if (told.length === 0) return [];
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const held = await holdCalls(inner, told);
    const { seen, isFresh } = sortOut(told, held);
    const fresh = told.filter((_, at) => isFresh[at]);
    const changes = [...Map.groupBy(fresh, keyOf).values()].map((events) => changeOf(events, held));
    const places = await placeCalls(inner, changes);
    await writeCalls(
      inner,
      changes.map(({ held: call, before, after, webhookLogId }, at) => ({
        call,
        facts: after,
        followUpAt: followUpAt(before, after, ctx.clock.now()),
        place: places[at] ?? null,
        webhookLogId,
        seen: seen.get(call.key) ?? [],
      })),
    );
    // Retell's addresses die after a day: fetched while they live.
    await keepMediaRefs(
      inner,
      changes.flatMap((change) => newRecording(change, fresh)),
    );
    if (changes.length > 0) {
      const ids = changes.map((change) => change.held.id);
      tx.afterCommit(() => publish(ctx.tenantId, "calls", ids));
    }
    const placed = new Map(changes.map(({ held: call }, at) => [call.key, places[at]] as const));
    return told.map((one, at) => {
      const call = held.get(keyOf(one))!;
      const { messageId, conversationId, customerId } = placed.get(call.key) ?? call.row;
      const outcome = isFresh[at] ? "recorded" : "duplicate";
      return { outcome, callId: call.id, messageId, conversationId, customerId };
    });
  });
}

const keyOf = (one: { channelId: string; event: CallEvent }) => `${one.channelId} ${one.event.callId}`;

/** Which events are not there yet, and the names under which a call remembers all of its events. */
function sortOut(told: readonly ToldCall[], held: ReadonlyMap<string, HeldCall>) {
  const seen = new Map<string, string[]>();
  const isFresh = told.map((one) => {
    const key = keyOf(one);
    const name = digest(one.dedupeKey).slice(0, 16);
    const known = seen.get(key) ?? held.get(key)!.seen;
    if (known.includes(name)) return false;
    seen.set(key, [...known, name]);
    return true;
  });
  return { seen, isFresh };
}

function changeOf(events: readonly ToldCall[], calls: ReadonlyMap<string, HeldCall>): Change {
  const held = calls.get(keyOf(events[0]!))!;
  const before = held.isNew ? null : factsOfRow(held.row);
  const [first, ...rest] = [...(before ? [before] : []), ...events.map(({ event }) => factsOf(event))];
  const earliestFirst = events.toSorted((a, b) => Number(a.event.occurredAt) - Number(b.event.occurredAt));
  return {
    held,
    before,
    after: rest.reduce(joinFacts, first!),
    person: earliestFirst.find(({ event }) => event.person)?.event.person ?? null,
    webhookLogId: events.find((one) => one.webhookLogId !== null)?.webhookLogId ?? null,
  };
}

/** The thread and customer of each call; null where nobody knows who it is. */
async function placeCalls(ctx: Ctx, changes: readonly Change[]): Promise<(CallPlace | null)[]> {
  const unknown = changes.filter(({ held, person }) => held.row.messageId === null && person !== null);
  const people = await resolveCustomers(
    ctx,
    unknown.map(({ held, person, after }) => ({
      key: held.key,
      person: person!,
      channelType: "phone",
      occurredAt: new Date(after.startedAt.at),
    })),
  );
  const lines = changes.flatMap((change) => {
    const customer = people.get(change.held.key);
    const who = customer && change.person ? { person: change.person, ...customer } : null;
    return who || change.held.row.messageId !== null ? [{ change, line: lineOf(change, who) }] : [];
  });
  const written = await writeCallLines(
    ctx,
    lines.map(({ line }) => line),
  );
  const places = new Map(lines.map(({ change }, at) => [change, written[at] ?? null] as const));
  return changes.map((change) => places.get(change) ?? null);
}

function lineOf({ held, before, after }: Change, who: CallLine["who"]): CallLine {
  return {
    callId: held.id,
    channelId: held.row.channelId,
    externalId: held.row.externalId,
    messageId: held.row.messageId,
    who,
    direction: after.direction,
    status: after.status,
    durationSeconds: after.durationSeconds,
    startedAt: new Date(after.startedAt.at),
    answered: isAnswered(after),
    underWay: isUnderWay(after),
    facts: {
      missed: isMissed(after),
      summary: after.said.summary?.value.slice(0, longestSummary).toWellFormed() ?? null,
      sentiment: after.said.sentiment?.value ?? null,
      cost: after.said.cost?.value ?? null,
      turns: after.transcript?.turns.length ?? 0,
      recorded: after.said.recordingUrl !== undefined,
      endedReason: after.said.endedReason?.value ?? null,
    },
    missedNow: isMissed(after) && !(before && isMissed(before)),
  };
}

/** The recording that these events named first. */
function newRecording({ held, before, after }: Change, events: readonly ToldCall[]) {
  const url = after.said.recordingUrl?.value;
  if (!url || before?.said.recordingUrl) return [];
  const named = events.find((one) => keyOf(one) === held.key && one.event.recording?.url === url);
  const media = named?.event.recording;
  return media ? [{ callId: held.id, channelId: held.row.channelId, media: [media] }] : [];
}
