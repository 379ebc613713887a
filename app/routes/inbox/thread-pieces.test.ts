import fc from "fast-check";
import { expect, it } from "vitest";

import type { ThreadMessage } from "./data.ts";
import { addPiece, goOn, placeBetween, type Piece, type Place } from "./thread-pieces.ts";

/** A thread of so many messages, two of which may be of the same time. */
const threadOf = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => ({ id: String(at).padStart(4, "0"), occurredAt: new Date(Math.floor(at / 2)) }) as ThreadMessage,
  );

/** A page of the thread, as the server cuts it. */
function pageOf(thread: readonly ThreadMessage[], from: number, to: number): Piece {
  const [start, end] = [Math.max(0, from), Math.min(thread.length, to)];
  return {
    messages: thread.slice(start, end),
    olderCursor: start > 0 ? `at ${start}` : null,
    newerCursor: end < thread.length ? `at ${end}` : null,
  };
}

function answer(thread: readonly ThreadMessage[], place: Place, size: number): Piece {
  const at = Number(("before" in place ? place.before : place.after).slice(3));
  return "before" in place ? pageOf(thread, at - size, at) : pageOf(thread, at, at + size);
}

it("whatever is looked up and in whatever order: pieces lie apart and hold the thread's messages in order, and filling what is missing brings the whole", () => {
  const step = fc.record({ from: fc.nat(60), size: fc.integer({ min: 1, max: 9 }), new: fc.nat(12) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.array(step, { maxLength: 12 }), (count, steps) => {
      let thread = threadOf(count);
      let pieces = addPiece([], pageOf(thread, count - 5, count));
      for (const { from, size, new: arrived } of steps) {
        thread = threadOf(thread.length + arrived);
        const start = from % thread.length;
        pieces = addPiece(pieces, pageOf(thread, start, start + size));
        pieces = addPiece(pieces, pageOf(thread, thread.length - 5, thread.length));
        expect(idsOf(pieces)).toEqual(idsOf(pieces).toSorted());
        expect(new Set(idsOf(pieces)).size).toBe(idsOf(pieces).length);
        expect(pieces.at(-1)!.newerCursor).toBeNull();
      }
      for (let turn = 0; pieces.length > 1 || pieces[0]!.olderCursor; turn++) {
        const older = pieces[0]!.olderCursor;
        const place = pieces.length > 1 ? placeBetween(pieces.at(-2)!, pieces.at(-1)!) : older && { before: older };
        if (!place || turn > 200) throw new Error("what is missing cannot be asked for");
        pieces = goOn(pieces, place, answer(thread, place, 7));
      }
      expect(idsOf(pieces)).toEqual(thread.map(({ id }) => id));
    }),
  );
});

it("what a page no longer holds within its stretch has gone; beyond it stays", () => {
  const thread = threadOf(10);
  const known = addPiece([], pageOf(thread, 0, 10));
  const gone = thread.toSpliced(7, 1);
  expect(idsOf(addPiece(known, pageOf(gone, 4, 9)))).toEqual(gone.map(({ id }) => id));
});

const idsOf = (pieces: readonly Piece[]) => pieces.flatMap(({ messages }) => messages.map(({ id }) => id));
