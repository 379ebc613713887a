import type { Ctx } from "#server/core/context.ts";
import type { InboundEvent, JsonObject, ParsedEvent, Verification } from "#server/providers/contract.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";

/** Where the log meets the vendors: given by the jobs, so that verbs know none. */
export interface EventReader {
  /** What an event of a platform means. */
  parse(platform: string, payload: JsonObject, receivedAt: Date): ParsedEvent;
  /** Checks the stored bytes of a refused event once more. */
  verifyAgain(ctx: Ctx, row: ClaimedLog): Promise<Verification>;
}

/** A claimed event and what it means, or why it may not mean anything yet. */
export interface ReadEvent {
  row: ClaimedLog;
  event: InboundEvent | { kind: "refused"; reason: Extract<Verification, { ok: false }>["reason"] };
}

/** Reads what each event means. One that was refused before is verified again first. */
export async function readEvents(ctx: Ctx, rows: readonly ClaimedLog[], reader: EventReader): Promise<ReadEvent[]> {
  const read: ReadEvent[] = [];
  for (const row of rows) read.push({ row, event: await readEvent(ctx, row, reader) });
  return read;
}

async function readEvent(ctx: Ctx, row: ClaimedLog, reader: EventReader): Promise<ReadEvent["event"]> {
  if (mustBeVerified(row)) {
    const verification = await reader.verifyAgain(ctx, row);
    if (!verification.ok) return { kind: "refused", reason: verification.reason };
  }
  return reader.parse(row.platform, row.payload, row.receivedAt).event;
}

const refusals: ReadonlySet<string> = new Set(["signature_mismatch", "missing_signature", "not_configured"]);

function mustBeVerified(row: ClaimedLog): boolean {
  return row.reason !== null && refusals.has(row.reason);
}
