import fc from "fast-check";
import { expect, it } from "vitest";

import {
  addPage,
  allRows,
  keepPushedOut,
  nothingFurther,
  replaceRows,
  type FurtherRows,
  type RowKey,
} from "./further-rows.ts";

const [firstPage, perPage] = [5, 4];

/** The server's list, newest first. */
class Inbox {
  #time = 100;
  #rows: RowKey[];
  constructor(count: number) {
    this.#rows = Array.from({ length: count }, (_, at) => ({
      id: `${at}`.padStart(3, "0"),
      lastMessageAt: new Date(at >> 1),
    }));
  }
  get rows() {
    return this.#rows.toSorted((a, b) => +b.lastMessageAt - +a.lastMessageAt || (a.id < b.id ? 1 : -1));
  }
  page(size: number, cursor: string | null) {
    const from = cursor === null ? 0 : this.rows.filter((row) => !isBeyond(row, cursor)).length;
    const rows = this.rows.slice(from, from + size);
    const last = rows.at(-1);
    return { rows, nextCursor: last && this.rows.length > from + size ? `${+last.lastMessageAt} ${last.id}` : null };
  }
  /** A new message in one, or one that leaves; answers its id. */
  change(at: number, leaves: boolean): string {
    const { id } = this.#rows[at % this.#rows.length]!;
    const rest = this.#rows.filter((row) => row.id !== id);
    this.#rows = leaves && rest.length > 0 ? rest : [...rest, { id, lastMessageAt: new Date(this.#time++) }];
    return id;
  }
  among(ids: ReadonlySet<string>) {
    return this.rows.filter(({ id }) => ids.has(id));
  }
}

function isBeyond(row: RowKey, cursor: string): boolean {
  const [time, id] = cursor.split(" ");
  return +row.lastMessageAt < Number(time) || (+row.lastMessageAt === Number(time) && row.id < id!);
}

it("whatever is written, leaves and is scrolled to: what is shown is the list as it is, from its beginning, without a hole", () => {
  const step = fc.oneof(fc.constant("more" as const), fc.record({ at: fc.nat(60), leaves: fc.boolean() }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.array(step, { maxLength: 40 }), (count, steps) => {
      const inbox = new Inbox(count);
      let first = inbox.page(firstPage, null);
      let further: FurtherRows<RowKey> | null = null;
      for (const taken of steps) {
        if (taken === "more") {
          const known: FurtherRows<RowKey> = further ?? nothingFurther(first.rows, first.nextCursor);
          if (known.nextCursor !== null) further = addPage(known, inbox.page(perPage, known.nextCursor));
        } else {
          const ids = new Set([inbox.change(taken.at, taken.leaves)]);
          const before = first.rows;
          first = inbox.page(firstPage, null);
          if (further) further = replaceRows(keepPushedOut(further, before, first.rows), ids, inbox.among(ids));
        }
        const known = further ?? nothingFurther(first.rows, first.nextCursor);
        const shown = allRows(first.rows, known);
        expect(shown).toEqual(inbox.rows.slice(0, shown.length));
        if (known.nextCursor === null) expect(shown).toHaveLength(inbox.rows.length);
      }
    }),
    { numRuns: 2_000 },
  );
});
