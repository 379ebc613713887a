import type { callLogs } from "#db/schema/calls.ts";
import type { CallFacts, Said, Transcript } from "./call-facts.ts";

export type CallRow = typeof callLogs.$inferSelect;

/** When each fact of the row was said, epoch milliseconds: how a late event is known. Kept in `metadata.told`. */
interface Told extends Partial<Record<keyof Said, number>> {
  started?: true;
  transcript?: { at: number; final: boolean };
}

/** What the row knows, as facts that events can be joined to. */
export function factsOfRow(row: CallRow): CallFacts {
  const told = (row.metadata.told ?? {}) as Told;
  const values: Partial<Said> = {
    ...(row.fromNumber === null ? {} : { from: row.fromNumber }),
    ...(row.toNumber === null ? {} : { to: row.toNumber }),
    ...(row.forwardedFrom === null ? {} : { forwardedFrom: row.forwardedFrom }),
    ...(row.assistantId === null ? {} : { assistantId: row.assistantId }),
    ...(row.costCents === null ? {} : { cost: { cents: row.costCents, currency: row.currency } }),
    ...(row.recordingUrl === null ? {} : { recordingUrl: row.recordingUrl }),
    ...(row.summary === null ? {} : { summary: row.summary }),
    ...(row.sentiment === null ? {} : { sentiment: row.sentiment }),
    ...(row.endedReason === null ? {} : { endedReason: row.endedReason }),
  };
  const said = Object.entries(values).map(([field, value]) => [field, { at: told[field as keyof Said] ?? 0, value }]);
  const transcript: Transcript | null =
    row.transcript.length === 0 ? null : { at: 0, final: false, ...told.transcript, turns: row.transcript };
  return {
    direction: row.direction,
    status: row.status,
    startedAt: { at: row.startedAt.getTime(), stated: told.started ?? false },
    answeredAt: row.answeredAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    durationSeconds: row.durationSeconds,
    said: Object.fromEntries(said) as CallFacts["said"],
    transcript,
  };
}

/** Facts under the names of the row's columns, for one statement that writes many. */
export function columnsOf(facts: CallFacts) {
  const { said, transcript } = facts;
  const told: Told = {
    ...Object.fromEntries(Object.entries(said).map(([field, { at }]) => [field, at])),
    ...(facts.startedAt.stated ? { started: true as const } : {}),
    ...(transcript ? { transcript: { at: transcript.at, final: transcript.final } } : {}),
  };
  return {
    direction: facts.direction,
    status: facts.status,
    started_at: new Date(facts.startedAt.at),
    answered_at: facts.answeredAt === null ? null : new Date(facts.answeredAt),
    ended_at: facts.endedAt === null ? null : new Date(facts.endedAt),
    duration_seconds: facts.durationSeconds,
    from_number: said.from?.value ?? null,
    to_number: said.to?.value ?? null,
    forwarded_from: said.forwardedFrom?.value ?? null,
    assistant_id: said.assistantId?.value ?? null,
    cost_cents: said.cost?.value.cents ?? null,
    currency: said.cost?.value.currency ?? null,
    recording_url: said.recordingUrl?.value ?? null,
    summary: said.summary?.value ?? null,
    sentiment: said.sentiment?.value ?? null,
    ended_reason: said.endedReason?.value ?? null,
    transcript: transcript?.turns ?? [],
    told,
  };
}
