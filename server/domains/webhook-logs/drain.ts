/** Applies events of one tenant. Reports nothing: what became of each is in its row. */
export type ApplyEvents = (tenantId: string, ids: string[]) => Promise<void>;

export interface Drain {
  /** Events of a tenant that are stored and wait to be applied. Beyond the bound they are left to the sweep. */
  add(tenantId: string, ids: readonly string[]): void;
  /** Whether an event waits or is being applied here. */
  holds(id: string): boolean;
  /** Resolves when the event neither waits nor is being applied here. */
  released(id: string): Promise<void>;
  /** Resolves when nothing of the tenant waits or is under way; of no tenant when none is named. */
  emptied(tenantId?: string): Promise<void>;
  /** Takes nothing more and finishes the batches under way; what waits stays in the log. */
  stop(): Promise<void>;
}

export interface DrainOptions {
  apply: ApplyEvents;
  /** Tenants served at once. */
  lanes?: number;
  /** Events of one tenant a turn; then the next tenant's turn comes. */
  mostPerTurn?: number;
  /** Ids remembered per tenant. */
  mostWaiting?: number;
  /** Asked before each turn: something to wait for, where others need the processors more. A turn that waited takes more. */
  yieldTo?: () => Promise<unknown> | undefined;
}

/** Applies stored events in this process: one batch of a tenant at a time, tenants taking turns. */
export function createDrain(options: DrainOptions): Drain {
  const { apply, lanes = 2, mostPerTurn = 200, mostWaiting = 20_000, yieldTo = () => undefined } = options;
  const waiting = new Map<string, Set<string>>();
  const busy = new Map<string, Set<string>>();
  let watchers: { isOver(): boolean; done(): void }[] = [];
  let stopped = false;

  function add(tenantId: string, ids: readonly string[]): void {
    if (stopped || ids.length === 0) return;
    let queue = waiting.get(tenantId);
    if (!queue) waiting.set(tenantId, (queue = new Set()));
    for (const id of ids) if (queue.size < mostWaiting) queue.add(id);
    takeTurns();
  }

  function takeTurns(): void {
    for (const tenantId of waiting.keys()) {
      if (busy.size >= lanes || stopped) return;
      if (!busy.has(tenantId)) void turn(tenantId);
    }
  }

  async function turn(tenantId: string): Promise<void> {
    const before = yieldTo();
    busy.set(tenantId, new Set());
    try {
      await before;
      const batch = take(tenantId, before ? mostPerTurn * 3 : mostPerTurn);
      busy.set(tenantId, batch);
      await apply(tenantId, [...batch]);
    } finally {
      busy.delete(tenantId);
      tellWatchers();
      takeTurns();
    }
  }

  /** The tenant's next events; the end of the line is where a tenant with more to do goes. */
  function take(tenantId: string, most: number): Set<string> {
    const queue = waiting.get(tenantId) ?? new Set();
    const batch = new Set([...queue].slice(0, most));
    for (const id of batch) queue.delete(id);
    waiting.delete(tenantId);
    if (queue.size > 0) waiting.set(tenantId, queue);
    return batch;
  }

  function isEmpty(tenantId: string | undefined): boolean {
    if (tenantId === undefined) return busy.size === 0 && (stopped || waiting.size === 0);
    return !busy.has(tenantId) && (stopped || !waiting.has(tenantId));
  }

  function tellWatchers(): void {
    const over = new Set(watchers.filter((one) => one.isOver()));
    watchers = watchers.filter((one) => !over.has(one));
    for (const watcher of over) watcher.done();
  }

  const when = (isOver: () => boolean) =>
    isOver() ? Promise.resolve() : new Promise<void>((done) => watchers.push({ isOver, done }));

  const holds = (id: string) => [...waiting.values(), ...busy.values()].some((ids) => ids.has(id));
  const emptied = (tenantId?: string) => when(() => isEmpty(tenantId));

  return {
    add,
    holds,
    released: (id) => when(() => stopped || !holds(id)),
    emptied,
    stop: () => {
      stopped = true;
      return emptied();
    },
  };
}

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

/** Resolves when this process has applied everything of the tenant that it was handed. */
export function drained(tenantId: string): Promise<void> {
  return running.drain?.emptied(tenantId) ?? Promise.resolve();
}
