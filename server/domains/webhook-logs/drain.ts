/** Applies events of one tenant. Reports nothing: what became of each is in its row. */
export type ApplyEvents = (tenantId: string, ids: string[]) => Promise<void>;

export interface Drain {
  /** Events of a tenant that are stored and wait to be applied. Beyond the bound they are left to the sweep. */
  add(tenantId: string, ids: readonly string[]): void;
  /**
   * Events that can wait, replayed ones: one such batch at a time, begun when nothing else waits or once it has waited
   * `patienceMs`. What is live goes on beside it, its own tenant's too, as it does beside another process.
   * Resolves with the milliseconds that applying took; 0: left to the sweep.
   */
  addPatient(tenantId: string, ids: readonly string[]): Promise<number>;
  /** Whether live events pile up: more wait than arrive during a turn or two. */
  isBehind(): boolean;
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
  /** Live events that wait, of all tenants, before the drain is behind. */
  behindFrom?: number;
  /** How long a patient batch lets others go first, so that it comes to its end even where they never cease. */
  patienceMs?: number;
  /** Asked before each turn: something to wait for, where others need the processors more. A turn that waited takes more. */
  yieldTo?: () => Promise<unknown> | undefined;
}

interface PatientBatch {
  tenantId: string;
  ids: ReadonlySet<string>;
  since: number;
  over(tookMs: number): void;
}

/** Applies stored events in this process: one live batch of a tenant at a time, tenants taking turns. */
export function createDrain(options: DrainOptions): Drain {
  const { apply, lanes = 2, mostPerTurn = 200, mostWaiting = 20_000, yieldTo = () => undefined } = options;
  const { patienceMs = 50, behindFrom = 50 } = options;
  const waiting = new Map<string, Set<string>>();
  const busy = new Map<string, ReadonlySet<string>>();
  let patient: PatientBatch[] = [];
  let underWay: PatientBatch | null = null;
  let watchers: { isOver(): boolean; done(): void }[] = [];
  let stopped = false;

  function add(tenantId: string, ids: readonly string[]): void {
    if (stopped || ids.length === 0) return;
    let queue = waiting.get(tenantId);
    if (!queue) waiting.set(tenantId, (queue = new Set()));
    for (const id of ids) if (queue.size < mostWaiting) queue.add(id);
    takeTurns();
  }

  function addPatient(tenantId: string, ids: readonly string[]): Promise<number> {
    if (stopped || ids.length === 0) return Promise.resolve(0);
    return new Promise((over) => {
      patient.push({ tenantId, ids: new Set(ids), since: performance.now(), over });
      takeTurns();
    });
  }

  function takeTurns(): void {
    takePatientTurn((batch) => performance.now() - batch.since >= patienceMs);
    for (const tenantId of waiting.keys()) {
      if (busy.size >= lanes || stopped) return;
      if (!busy.has(tenantId)) void turn(tenantId);
    }
    takePatientTurn(() => waiting.size === 0);
  }

  function takePatientTurn(mayGo: (batch: PatientBatch) => boolean): void {
    if (underWay || busy.size >= lanes || stopped) return;
    const batch = patient.find(mayGo);
    if (batch) void patientTurn(batch);
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
      endTurn(tenantId);
    }
  }

  async function patientTurn(batch: PatientBatch): Promise<void> {
    patient = patient.filter((one) => one !== batch);
    underWay = batch;
    const began = performance.now();
    try {
      await apply(batch.tenantId, [...batch.ids]);
    } finally {
      underWay = null;
      goOn();
      batch.over(performance.now() - began);
    }
  }

  function endTurn(tenantId: string): void {
    busy.delete(tenantId);
    goOn();
  }

  function goOn(): void {
    tellWatchers();
    takeTurns();
  }

  const patientOnes = () => (underWay ? [underWay, ...patient] : patient);

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
    if (tenantId === undefined)
      return busy.size === 0 && !underWay && (stopped || (waiting.size === 0 && patient.length === 0));
    if (busy.has(tenantId) || underWay?.tenantId === tenantId) return false;
    return stopped || (!waiting.has(tenantId) && !patient.some((one) => one.tenantId === tenantId));
  }

  function tellWatchers(): void {
    const over = new Set(watchers.filter((one) => one.isOver()));
    watchers = watchers.filter((one) => !over.has(one));
    for (const watcher of over) watcher.done();
  }

  const when = (isOver: () => boolean) =>
    isOver() ? Promise.resolve() : new Promise<void>((done) => watchers.push({ isOver, done }));

  const holds = (id: string) =>
    [...waiting.values(), ...busy.values(), ...patientOnes().map((one) => one.ids)].some((ids) => ids.has(id));
  const emptied = (tenantId?: string) => when(() => isEmpty(tenantId));

  return {
    add,
    addPatient,
    isBehind: () => [...waiting.values()].reduce((count, ids) => count + ids.size, 0) >= behindFrom,
    holds,
    released: (id) => when(() => stopped || !holds(id)),
    emptied,
    stop: () => {
      stopped = true;
      for (const batch of patient.splice(0)) batch.over(0);
      return emptied();
    },
  };
}
