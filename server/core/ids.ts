import { randomBytes, randomFillSync } from "node:crypto";

const pool = Buffer.alloc(8 * 512);
let used = pool.length;
let lastMillisecond = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 12 bits that count up within a
 * millisecond, then 62 random bits. Ids made by one process sort in the order they were made.
 */
export function newId(at: number = Date.now()): string {
  if (at === lastMillisecond) sequence = (sequence + 1) & 0xfff;
  else {
    lastMillisecond = at;
    sequence = 0;
  }
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, (used += 8));
  random[0] = (random[0]! & 0x3f) | 0x80;
  const hex = random.toString("hex");
  const time = at.toString(16).padStart(12, "0");
  const counter = sequence.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** The smallest UUIDv7 of an instant: `id >= firstIdAt(from)` prunes partitions and uses the key. */
export function firstIdAt(instant: Date | number): string {
  const time = Number(instant).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** The instant inside a UUIDv7, to the millisecond. */
export function instantOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** An unguessable URL-safe token; `bytes` of entropy (32 by default). */
export function newToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}
