import type { Ctx } from "#server/core/context.ts";
import type { InboundEvent, JsonObject, ParsedEvent, Verification } from "#server/providers/contract.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";
import { unverifiedReasons } from "./replayable.ts";

/** Where the log meets the vendors: given by the jobs, so that verbs know none. */
export interface EventReader {
  /** What an event of a platform means. */
  parse(platform: string, payload: JsonObject, receivedAt: Date): ParsedEvent;
  /** The tenant's channel that a refused event belongs to today; null while there is none. */
  routeAgain(ctx: Ctx, row: ClaimedLog): Promise<string | null>;
  /** Checks the stored bytes of a refused event once more. */
  verifyAgain(ctx: Ctx, row: ClaimedLog): Promise<Verification>;
}

/** A claimed event and what it means, or why it may not mean anything yet. */
export interface ReadEvent {
  row: ClaimedLog;
  event: InboundEvent | { kind: "refused"; reason: Extract<Verification, { ok: false }>["reason"] | "unknown_account" };
}

/** Reads what each event means. One that was refused before is routed and verified again first. */
export async function readEvents(ctx: Ctx, rows: readonly ClaimedLog[], reader: EventReader): Promise<ReadEvent[]> {
  const read: ReadEvent[] = [];
  for (const row of rows) {
    const channelId = isUnrouted(row) ? await reader.routeAgain(ctx, row) : row.channelId;
    const routed = { ...row, channelId: channelId ?? row.channelId };
    const event = isUnrouted(row) && !channelId ? refusedAgain(row) : await readEvent(ctx, routed, reader);
    read.push({ row: routed, event });
  }
  return read;
}

/** Its account was nobody's, or its channel not ready, when it came. */
function isUnrouted({ reason }: ClaimedLog): boolean {
  return reason === "unknown_account" || reason === "not_configured";
}

function refusedAgain({ reason }: ClaimedLog): ReadEvent["event"] {
  return { kind: "refused", reason: reason === "not_configured" ? reason : "unknown_account" };
}

async function readEvent(ctx: Ctx, row: ClaimedLog, reader: EventReader): Promise<ReadEvent["event"]> {
  if (mustBeVerified(row)) {
    const verification = await reader.verifyAgain(ctx, row);
    if (!verification.ok) return { kind: "refused", reason: verification.reason };
  }
  return reader.parse(row.platform, row.payload, row.receivedAt).event;
}

function mustBeVerified(row: ClaimedLog): boolean {
  return row.reason !== null && unverifiedReasons.includes(row.reason);
}
