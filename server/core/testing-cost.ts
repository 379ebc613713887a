import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Less than this between two collections is V8 at work on itself. */
const settledBytes = 256 * 1024;

/**
 * Bytes that are still held once everything unused is collected. Without the collection a test
 * measures when V8 chose to collect, not what was left behind. Buffers are let go of after their
 * owners, by another thread: it is collected until a collection finds nothing more.
 */
export async function heldBytes(): Promise<number> {
  let held = heldAfterCollection();
  for (let turn = 0; turn < 20; turn++) {
    await wait(20);
    const now = heldAfterCollection();
    const settled = held - now < settledBytes && turn > 1;
    held = Math.min(held, now);
    if (settled) break;
  }
  return held;
}

function heldAfterCollection(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Processor time in milliseconds that this thread has taken so far: the clock on the wall also
 * counts whatever else the machine does.
 */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
