import { setTimeout as wait } from "node:timers/promises";
import type { DeliveryCounts, StandInBehaviour } from "./stand-in.ts";

/** One webhook on its way: what is posted where. `delivered` is told what each 2xx answered, one a copy. */
export interface Webhook {
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
  delivered?: (answer: string) => void;
}

const mostPending = 20_000;
const answerWithinMs = 15_000;
/** How far webhooks stray when they are shuffled without a delay, milliseconds. */
const strayMs = 150;

/**
 * Posts webhooks as vendors do: in order unless told to shuffle, again when they fail, in copies when
 * told to. Everything is dropped on `close`.
 */
export function createDeliveries(
  behaviour: () => StandInBehaviour,
  retryDelaysMs: readonly number[] = [300, 1000, 3000, 10_000],
) {
  const counts: DeliveryCounts = { delivered: 0, retried: 0, dropped: 0 };
  const stopped = new AbortController();
  const waiting: (() => void)[] = [];
  let pending = 0;
  let queue: Promise<void> = Promise.resolve();

  /** A promise is a post that is still being written: it keeps its turn. */
  function enqueue(written: Webhook | Promise<Webhook>): void {
    const webhook = Promise.resolve(written);
    const { duplicate, delayMs, shuffle } = behaviour();
    if (stopped.signal.aborted || pending >= mostPending) {
      counts.dropped += 1;
      return;
    }
    const copies = Array.from({ length: 1 + Math.max(0, Math.min(duplicate, 20)) }, () => webhook);
    pending += copies.length;
    if (shuffle) {
      for (const copy of copies) {
        void pause(Math.random() * Math.max(delayMs, strayMs)).then(() => post(copy, 0));
      }
      return;
    }
    queue = queue.then(async () => {
      await pause(delayMs);
      await Promise.all(copies.map((copy) => post(copy, 0)));
    });
  }

  /** One attempt. A failed one is repeated aside, so that it does not hold up what comes behind it. */
  async function post(written: Promise<Webhook>, attempt: number): Promise<void> {
    const webhook = await written;
    const answer = await answerOf(webhook);
    if (answer !== null) {
      counts.delivered += 1;
      webhook.delivered?.(answer);
      finish();
      return;
    }
    const delay = retryDelaysMs[attempt];
    if (delay === undefined || stopped.signal.aborted) {
      counts.dropped += 1;
      finish();
      return;
    }
    counts.retried += 1;
    void pause(delay).then(() => post(written, attempt + 1));
  }

  async function answerOf({ url, headers, body }: Webhook): Promise<string | null> {
    try {
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(answerWithinMs)]);
      const response = await fetch(url, { method: "POST", headers, body, signal });
      const text = await response.text();
      return response.ok ? text : null;
    } catch {
      return null;
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || stopped.signal.aborted) return;
    await wait(milliseconds, undefined, { ref: false, signal: stopped.signal }).catch(() => {});
  }

  function finish(): void {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of waiting.splice(0)) resolve();
  }

  return {
    enqueue,
    counts: (): DeliveryCounts => ({ ...counts }),
    settled: (): Promise<void> => (pending === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    close: (): void => stopped.abort(),
  };
}
