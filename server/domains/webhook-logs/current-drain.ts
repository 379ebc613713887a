import type { Drain } from "./drain.ts";

// Vite reloads modules in development; the drain must outlive them.
const running = ((globalThis as { guichetDrain?: { drain?: Drain } }).guichetDrain ??= {});

/** Names the drain of this process; none before it is started, and where no work is done. */
export function useDrain(drain: Drain | undefined): void {
  if (drain) running.drain = drain;
  else delete running.drain;
}

/** The drain of this process, where it has one. */
export function currentDrain(): Drain | undefined {
  return running.drain;
}

/** Hands stored events to this process's drain. Without one they wait for another process's sweep. */
export function drainAtOnce(tenantId: string, ids: readonly string[]): void {
  running.drain?.add(tenantId, ids);
}

/** Resolves when this process holds the event no longer: it was applied, or is left to a sweep. */
export function released(id: string): Promise<void> {
  return running.drain?.released(id) ?? Promise.resolve();
}

/** Hands events that can wait to this process's drain; see {@link Drain.addPatient}. */
export function drainPatiently(tenantId: string, ids: readonly string[]): Promise<number> {
  return running.drain?.addPatient(tenantId, ids) ?? Promise.resolve(0);
}
