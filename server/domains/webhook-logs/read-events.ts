import type { Ctx } from "#server/core/context.ts";
import type { InboundEvent, JsonObject, ParsedEvent, Verification } from "#server/providers/contract.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";
import { unverifiedReasons } from "./replayable.ts";

/** Where the log meets the vendors: given by the jobs, so that verbs know none. */
export interface EventReader {
  /** What an event of a platform means. */
  parse(platform: string, payload: JsonObject, receivedAt: Date): ParsedEvent;
  /** The tenant's channel that an event of an unknown account belongs to today; null while there is none. */
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
    const routed = row.reason === "unknown_account" ? await reader.routeAgain(ctx, row) : row.channelId;
    read.push(
      row.reason === "unknown_account" && !routed
        ? { row, event: { kind: "refused", reason: row.reason } }
        : { row: { ...row, channelId: routed }, event: await readEvent(ctx, { ...row, channelId: routed }, reader) },
    );
  }
  return read;
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
