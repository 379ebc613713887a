import fc from "fast-check";
import { expect, it } from "vitest";
import { createMember, createTenant, createTicket, type MadeMember } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { addTicketNote } from "./add-ticket-note.ts";
import { getTicket } from "./get-ticket.ts";
import { mergeTicket, undoMerge } from "./merge-tickets.ts";
import { setParent } from "./set-parent.ts";
import { splitTicket } from "./split-ticket.ts";
import { unwatchTicket, watchTicket } from "./watch-ticket.ts";

await testDatabase();

/** A ticket as somebody would keep it on paper; tickets are their places in the list. */
interface Kept {
  status: string;
  parent: number | null;
  mergedInto: number | null;
  /** What undoing the merge gives back. */
  state: { status: string; children: number[] } | null;
  splitFrom: number | null;
  /** Watchers, each with the ticket that brought them. */
  watchers: Map<number, number | null>;
  notes: number;
}

type Step =
  | { do: "merge"; a: number; b: number }
  | { do: "undo"; a: number }
  | { do: "parent"; a: number; b: number | null }
  | { do: "note"; a: number }
  | { do: "split"; a: number }
  | { do: "watch" | "unwatch"; a: number; who: number };

const place = fc.nat({ max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("merge" as const), a: place, b: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("undo" as const), a: place }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("parent" as const), a: place, b: fc.option(place) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("note" as const), a: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("split" as const), a: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("watch" as const, "unwatch" as const),
      a: place,
      who: fc.nat({ max: 1 }),
    }),
  },
);

const fresh = (splitFrom: number | null = null): Kept => ({
  status: "open",
  parent: null,
  mergedInto: null,
  state: null,
  splitFrom,
  watchers: new Map(),
  notes: 0,
});

/** The tickets above one. */
function above(all: Kept[], at: number): number[] {
  const found: number[] = [];
  for (let up = all[at]!.parent; up !== null; up = all[up]!.parent) {
    if (found.includes(up)) throw new Error("a circle");
    found.push(up);
  }
  return found;
}

/** Does a step on paper; says whether it may be done. */
function onPaper(all: Kept[], one: Step): boolean {
  const a = all[one.a];
  if (!a) return false;
  switch (one.do) {
    case "merge": {
      const b = all[one.b];
      if (!b || a.mergedInto !== null || b.mergedInto !== null || one.a === one.b) return false;
      if (above(all, one.b).includes(one.a)) return false;
      const children = all.flatMap((ticket, at) => (ticket.parent === one.a ? [at] : []));
      for (const child of children) all[child]!.parent = one.b;
      for (const who of a.watchers.keys()) if (!b.watchers.has(who)) b.watchers.set(who, one.a);
      a.state = { status: a.status, children };
      a.status = "closed";
      a.mergedInto = one.b;
      return true;
    }
    case "undo": {
      const { mergedInto, state } = a;
      if (mergedInto === null || !state) return false;
      const over = above(all, one.a);
      for (const child of state.children)
        if (all[child]!.parent === mergedInto && !over.includes(child)) all[child]!.parent = one.a;
      const target = all[mergedInto]!;
      for (const [who, via] of target.watchers) if (via === one.a) target.watchers.delete(who);
      Object.assign(a, { status: state.status, mergedInto: null, state: null });
      return true;
    }
    case "parent": {
      if (a.mergedInto !== null) return false;
      if (one.b !== null) {
        const b = all[one.b];
        if (!b || b.mergedInto !== null || one.b === one.a || above(all, one.b).includes(one.a)) return false;
      }
      a.parent = one.b;
      return true;
    }
    case "note":
      a.notes += 1;
      return true;
    case "split":
      if (a.notes === 0) return false;
      all.push(fresh(one.a));
      return true;
    case "watch":
      a.watchers.set(one.who, null);
      return true;
    case "unwatch":
      a.watchers.delete(one.who);
      return true;
  }
}

interface Made {
  ticketId: string;
  number: number;
  note: string | null;
}

/** Does a step in the program. */
async function inProgram(made: Made[], [nadia, paul]: MadeMember[], one: Step): Promise<void> {
  const { ctx } = nadia!;
  const missing = { ticketId: "00000000-0000-7000-8000-000000000000", number: 999_999, note: null };
  const at = (place: number) => made[place] ?? missing;
  const { ticketId } = at(one.a);
  switch (one.do) {
    case "merge":
      return mergeTicket(ctx, { ticketId, into: at(one.b).number });
    case "undo":
      return undoMerge(ctx, { ticketId });
    case "parent":
      return setParent(ctx, { ticketId, parent: one.b === null ? null : at(one.b).number });
    case "note": {
      const { noteId } = await addTicketNote(ctx, { ticketId, text: "Note" });
      at(one.a).note = noteId;
      return;
    }
    case "split": {
      const id = at(one.a).note ?? missing.ticketId;
      made.push({
        ...(await splitTicket(ctx, { ticketId, from: { kind: "note", id }, subject: "À part" })),
        note: null,
      });
      return;
    }
    case "watch":
      return watchTicket((one.who === 0 ? nadia : paul)!.ctx, { ticketId });
    case "unwatch":
      return unwatchTicket((one.who === 0 ? nadia : paul)!.ctx, { ticketId });
  }
}

it("links, statuses, watchers and notes are what is kept on paper, whatever is merged, undone, split and made a part", async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
      const tenant = await createTenant();
      const members = [await createMember(tenant), await createMember(tenant)];
      const made: Made[] = [];
      for (let at = 0; at < 5; at += 1) made.push({ ...(await createTicket(tenant)), note: null });
      const paper = made.map(() => fresh());
      for (const one of steps) {
        const may = onPaper(paper, one);
        if (may) done += 1;
        const outcome = await inProgram(made, members, one).then(
          () => true,
          () => false,
        );
        expect([one, outcome]).toEqual([one, may]);
      }
      const rows = await withTenant(tenant, (tx) =>
        tx.raw.unsafe<Record<string, unknown>[]>(
          `select number::int, status, (select p.number::int from tickets p where p.id = t.parent_id) as parent,
                  (select m.number::int from tickets m where m.id = t.merged_into_id) as merged,
                  (select s.number::int from tickets s where s.id = t.split_from_id) as split,
                  array(select w.user_id::text from ticket_watchers w where w.ticket_id = t.id order by 1) as watchers
             from tickets t order by number`,
        ),
      );
      const numberOf = (at: number | null) => (at === null ? null : made[at]!.number);
      expect([...rows]).toEqual(
        paper.map((kept, at) => ({
          number: numberOf(at),
          status: kept.status,
          parent: numberOf(kept.parent),
          merged: numberOf(kept.mergedInto),
          split: numberOf(kept.splitFrom),
          watchers: [...kept.watchers.keys()].map((who) => members[who]!.userId).toSorted(),
        })),
      );
      // What a page shows is counted the same way: its children, what went on in it, and every note of theirs.
      for (const [at, kept] of paper.entries()) {
        const shown = await getTicket(members[0]!.ctx, { number: numberOf(at)! });
        const of = (relation: string) => shown.relations.filter((one) => one.relation === relation).length;
        expect([of("child"), of("merged"), of("split")]).toEqual([
          paper.filter((other) => other.parent === at).length,
          paper.filter((other) => other.mergedInto === at).length,
          paper.filter((other) => other.splitFrom === at).length,
        ]);
        const goesOnIn = (from: number | null): boolean =>
          from !== null && (from === at || goesOnIn(paper[from]!.mergedInto));
        const notes = paper.reduce((sum, other, index) => sum + (goesOnIn(index) ? other.notes : 0), 0);
        expect(shown.events.filter(({ type }) => type === "note")).toHaveLength(notes);
        expect(shown.watchers).toHaveLength(kept.watchers.size);
      }
    }),
    { numRuns: 100 },
  );
  expect(done).toBeGreaterThan(150);
});
