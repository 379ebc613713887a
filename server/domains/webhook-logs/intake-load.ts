/** Posts are counted in slots this long. */
const slotMs = 100;
/** From this many posts a slot on, storing needs the processors more than applying does. */
const busySlot = 150;

let slot = 0;
let inSlot = 0;
let before = 0;

/** Counts posts that were just stored by this process. */
export function countStored(posts: number, now: number = performance.now()): void {
  moveTo(now);
  inSlot += posts;
}

/** True while posts come in so fast that whoever can wait had better. */
export function isIntakeBusy(now: number = performance.now()): boolean {
  moveTo(now);
  return Math.max(inSlot, before) >= busySlot;
}

function moveTo(now: number): void {
  const current = Math.floor(now / slotMs);
  if (current === slot) return;
  before = current === slot + 1 ? inSlot : 0;
  inSlot = 0;
  slot = current;
}
