import type { Clock } from "./clock.ts";

/**
 * Answers that may be a few seconds old, by tenant and key, so that all of a tenant's are forgotten at once.
 * A failed one is not kept. `most` tenants at a time, in memory.
 */
export function keptBriefly<T>({ forMs, most }: { forMs: number; most: number }) {
  const kept = new Map<string, Map<string, { until: number; answer: Promise<T> }>>();
  return {
    get(tenantId: string, key: string, clock: Clock, ask: () => Promise<T>): Promise<T> {
      const ofTenant = kept.get(tenantId) ?? new Map<string, { until: number; answer: Promise<T> }>();
      const now = clock.now().getTime();
      const known = ofTenant.get(key);
      // A clock that was set back keeps nothing for longer.
      if (known && known.until > now && known.until <= now + forMs) return known.answer;
      const answer = ask();
      if (kept.size >= most || ofTenant.size >= most) kept.clear();
      kept.set(tenantId, ofTenant.set(key, { until: now + forMs, answer }));
      answer.catch(() => kept.delete(tenantId));
      return answer;
    },
    forget(tenantId: string): void {
      kept.delete(tenantId);
    },
  };
}
