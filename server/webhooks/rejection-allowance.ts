import type { DroppedEvents } from "#server/domains/webhook-logs/index.ts";
import { countRejections, keptRejections } from "#server/domains/webhook-logs/index.ts";
import { log } from "#server/core/log.ts";

export interface RejectionAllowance {
  /** Whether one more rejected event of a source may be stored this minute; one that may not is counted. */
  admits(tenantId: string | null, source: string, at: Date): boolean;
  /** Writes the counts that wait. */
  settle(): Promise<void>;
}

const minuteMs = 60_000;
const settleAfterMs = 2_000;

/** Keeps a flood of bad posts from filling the log. The database holds the same bound across processes. */
export function rejectionAllowance(): RejectionAllowance {
  let minute = 0;
  const admitted = new Map<string, number>();
  const dropped = new Map<string, DroppedEvents>();
  let timer: NodeJS.Timeout | undefined;

  function admits(tenantId: string | null, source: string, at: Date): boolean {
    const now = Math.floor(at.getTime() / minuteMs);
    if (now !== minute) {
      minute = now;
      admitted.clear();
    }
    const count = admitted.get(source) ?? 0;
    if (count < keptRejections) {
      admitted.set(source, count + 1);
      return true;
    }
    const key = `${minute} ${tenantId} ${source}`;
    const counted = dropped.get(key) ?? { tenantId, source, minute: new Date(minute * minuteMs), dropped: 0 };
    counted.dropped++;
    dropped.set(key, counted);
    timer ??= setTimeout(() => void settle(), settleAfterMs).unref();
    return false;
  }

  async function settle(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counts = [...dropped.values()];
    dropped.clear();
    if (counts.length === 0) return;
    await countRejections(counts).catch((error: unknown) =>
      log.warn({ err: error }, "rejected posts could not be counted"),
    );
  }

  return { admits, settle };
}
