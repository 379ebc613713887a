import type { TranscriptTurn } from "#db/schema/calls.ts";
import type { CallStatus, InboundEvent } from "#server/providers/contract.ts";

export type CallEvent = Extract<InboundEvent, { kind: "call" }>;

/** What an event of a call says when it says nothing but that it happened. */
export const saysNothing: Omit<CallEvent, "callId" | "occurredAt" | "direction"> = {
  kind: "call",
  status: null,
  person: null,
  from: null,
  to: null,
  forwardedFrom: null,
  assistantId: null,
  startedAt: null,
  answeredAt: null,
  endedAt: null,
  durationSeconds: null,
  costCents: null,
  currency: null,
  recording: null,
  transcript: null,
  summary: null,
  sentiment: null,
  endedReason: null,
};

/** What was said of a call in one word that may be corrected later. Of two, the later one holds. */
export interface Said {
  from: string;
  to: string;
  forwardedFrom: string;
  assistantId: string;
  cost: { cents: number; currency: string };
  recordingUrl: string;
  summary: string;
  sentiment: NonNullable<CallEvent["sentiment"]>;
  endedReason: string;
}

export interface Transcript {
  /** Reported once the call was over: no turn of a call under way replaces it. */
  final: boolean;
  /** When the provider said so, epoch milliseconds. */
  at: number;
  turns: TranscriptTurn[];
}

/**
 * All that is known of a call. Facts only grow: joining is commutative, associative and idempotent, so
 * that events in any order, however often repeated, end in the same call. Instants are epoch milliseconds.
 */
export interface CallFacts {
  direction: "in" | "out";
  status: CallStatus;
  /** `stated`: the provider named it; else the earliest event stands in. */
  startedAt: { at: number; stated: boolean };
  answeredAt: number | null;
  endedAt: number | null;
  durationSeconds: number | null;
  said: { [Field in keyof Said]?: { at: number; value: Said[Field] } };
  transcript: Transcript | null;
}

/**
 * What a call goes through, then how it may end: from what says least to what says most. A call that
 * went to voicemail ends as `completed` for the carrier, and nobody was spoken to all the same.
 */
const ranks: Record<CallStatus, number> = {
  queued: 0,
  ringing: 1,
  in_progress: 2,
  forwarded: 3,
  completed: 4,
  canceled: 5,
  no_answer: 6,
  busy: 7,
  failed: 8,
  voicemail: 9,
};

/** Longest transcript kept: turns of one call, and characters of one turn. */
const mostTurns = 2_000;
const longestTurn = 5_000;

export function factsOf(event: CallEvent): CallFacts {
  const at = event.occurredAt.getTime();
  const { costCents: cents, recording } = event;
  const said: Partial<Said> = {
    ...present("from", event.from),
    ...present("to", event.to),
    ...present("forwardedFrom", event.forwardedFrom),
    ...present("assistantId", event.assistantId),
    ...present("cost", cents === null ? null : { cents, currency: event.currency ?? "USD" }),
    ...present("recordingUrl", recording?.url ?? null),
    ...present("summary", event.summary),
    ...present("sentiment", event.sentiment),
    ...present("endedReason", event.endedReason),
  };
  return {
    direction: event.direction,
    status: event.status ?? "queued",
    startedAt: { at: event.startedAt?.getTime() ?? at, stated: event.startedAt !== null },
    answeredAt: event.answeredAt?.getTime() ?? null,
    endedAt: event.endedAt?.getTime() ?? null,
    durationSeconds: event.durationSeconds === null ? null : Math.round(event.durationSeconds),
    said: Object.fromEntries(Object.entries(said).map(([field, value]) => [field, { at, value }])),
    transcript: transcriptOf(event, at),
  };
}

function present<Field extends keyof Said>(field: Field, value: Said[Field] | null): Partial<Said> {
  return value === null ? {} : ({ [field]: value } as Partial<Said>);
}

function transcriptOf({ transcript, endedAt }: CallEvent, at: number): Transcript | null {
  if (!transcript || transcript.length === 0) return null;
  const turns = transcript
    .slice(0, mostTurns)
    .map((turn) => ({ ...turn, text: turn.text.slice(0, longestTurn).toWellFormed() }));
  return { final: endedAt !== null, at, turns };
}

/** Everything that either of the two knows. */
export function joinFacts(one: CallFacts, other: CallFacts): CallFacts {
  return {
    direction: one.direction === "out" || other.direction === "out" ? "out" : "in",
    status: ranks[one.status] >= ranks[other.status] ? one.status : other.status,
    startedAt: joinStart(one.startedAt, other.startedAt),
    answeredAt: extreme(Math.min, one.answeredAt, other.answeredAt),
    endedAt: extreme(Math.max, one.endedAt, other.endedAt),
    durationSeconds: extreme(Math.max, one.durationSeconds, other.durationSeconds),
    said: joinSaid(one.said, other.said),
    transcript: joinTranscripts(one.transcript, other.transcript),
  };
}

function joinStart(one: CallFacts["startedAt"], other: CallFacts["startedAt"]): CallFacts["startedAt"] {
  if (one.stated !== other.stated) return one.stated ? one : other;
  return one.at <= other.at ? one : other;
}

function extreme(pick: (...of: number[]) => number, one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return pick(one, other);
}

function joinSaid(one: CallFacts["said"], other: CallFacts["said"]): CallFacts["said"] {
  const joined: Record<string, { at: number; value: unknown }> = { ...one };
  for (const [field, told] of Object.entries(other)) {
    const known = joined[field];
    if (!known || isLater([told.at, JSON.stringify(told.value)], [known.at, JSON.stringify(known.value)]))
      joined[field] = told;
  }
  return joined as CallFacts["said"];
}

/** The report made when the call was over, else the latest, else the one that says more. */
function joinTranscripts(one: Transcript | null, other: Transcript | null): Transcript | null {
  if (!one || !other) return one ?? other;
  return isLater(weightOf(other), weightOf(one)) ? other : one;
}

function weightOf({ final, at, turns }: Transcript): (number | string)[] {
  const characters = turns.reduce((sum, turn) => sum + turn.text.length, 0);
  const words = turns.map(({ speaker, text, at: second }) => [speaker, text, second]);
  return [Number(final), at, characters, turns.length, JSON.stringify(words)];
}

function isLater(one: readonly (number | string)[], other: readonly (number | string)[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && one[at]! > other[at]!;
}

/** A customer called and nobody spoke to them. */
export function isMissed({ direction, status }: Pick<CallFacts, "direction" | "status">): boolean {
  return direction === "in" && ranks[status] > ranks.completed;
}

/** Still ringing or spoken on, as far as anybody said. */
export function isUnderWay({ status }: Pick<CallFacts, "status">): boolean {
  return ranks[status] < ranks.completed;
}

/** Somebody, or a voice agent, spoke to the customer. */
export function isAnswered({ status }: Pick<CallFacts, "status">): boolean {
  return status === "in_progress" || status === "forwarded" || status === "completed";
}
