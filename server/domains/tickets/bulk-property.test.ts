import fc from "fast-check";
import { expect, it } from "vitest";
import { createMember, createTenant, createTicket } from "#db/factories.ts";
import { ticketPriorities, ticketStatuses } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { changeTicket } from "./change-ticket.ts";
import { countTickets } from "./count-tickets.ts";
import { findBulk } from "./find-bulk.ts";
import { bulkJob } from "./jobs.ts";
import { startBulk } from "./start-bulk.ts";
import { undoBulk } from "./undo-bulk.ts";

await testDatabase();
const status = fc.constantFrom(...ticketStatuses);
const priority = fc.constantFrom(...ticketPriorities);
const change = fc
  .record({ status, priority, mine: fc.boolean() }, { requiredKeys: [] })
  .filter((one) => Object.keys(one).length > 0);

const step = fc.oneof(
  fc.record({ do: fc.constant("matching" as const), of: status, change }),
  fc.record({ do: fc.constant("selection" as const), at: fc.uniqueArray(fc.nat(7), { minLength: 1 }), change }),
  fc.record({ do: fc.constant("single" as const), at: fc.nat(7), status, priority }),
  fc.record({ do: fc.constant("undo" as const), which: fc.nat(9) }),
);

it("after any bulk changes, single ones and undos the tickets are what a model of them is, and the counts a recount", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const clock = fixedClock("2026-11-21T09:00:00Z");
      const tenant = await createTenant();
      const nadia = await createMember(tenant, "agent", { clock });
      const made = await Promise.all(Array.from({ length: 8 }, () => createTicket(tenant)));
      const rows = () =>
        withTenant(tenant, async (tx) => [
          ...(await tx.raw.unsafe<Record<string, unknown>[]>(
            "select id, status, priority, assignee_id, assigned_at, resolved_at, resolved_by, closed_at, reopened_count from tickets order by id",
          )),
        ]);
      /** What each undoable change found and left, ticket by ticket. */
      const done: { id: string; before: Map<unknown, object>; after: Map<unknown, object>; undone: boolean }[] = [];
      const byId = async () => new Map((await rows()).map((row) => [row["id"], row as object]));
      for (const one of steps) {
        clock.advance(1_000);
        const before = await byId();
        if (one.do === "single") {
          const { ticketId } = made[one.at]!;
          await changeTicket(nadia.ctx, { ticketId, status: one.status, priority: one.priority });
        } else if (one.do === "undo") {
          const which = done[one.which];
          if (!which || which.undone) continue;
          which.undone = true;
          const undone = await undoBulk(nadia.ctx, { bulkId: which.id }).catch(() => null);
          const after = await byId();
          let restored = 0;
          for (const [id, now] of before) {
            const [was, left] = [which.before.get(id)!, which.after.get(id)!];
            const wrote = Object.entries(left).filter(([name, value]) => !same(value, (was as never)[name]));
            const isAsLeft = wrote.length > 0 && wrote.every(([name, value]) => same(value, (now as never)[name]));
            const expected = isAsLeft
              ? {
                  ...now,
                  ...pick(
                    was,
                    wrote.map(([name]) => name),
                  ),
                }
              : now;
            // A change that wrote what was there already may have been taken back as well: nothing to tell apart.
            if (isAsLeft) restored++;
            expect(after.get(id)).toEqual(expected);
          }
          expect(undone?.changed ?? 0).toBeGreaterThanOrEqual(restored);
        } else {
          const { mine, ...fields } = one.change;
          const asked = { ...fields, ...(mine === undefined ? {} : { assigneeId: mine ? nadia.userId : null }) };
          const ids = one.do === "selection" ? one.at.map((at) => made[at]!.ticketId) : null;
          const target = ids ? { ids } : { view: "all" as const, status: one.do === "matching" ? [one.of] : [] };
          const begun = await startBulk(nadia.ctx, { target, change: asked }).catch(() => null);
          const meant = [...before].filter(([id, row]) =>
            ids ? ids.includes(String(id)) : one.do === "matching" && (row as { status: string }).status === one.of,
          );
          expect(begun?.total ?? 0).toBe(meant.length);
          if (!begun) continue;
          await bulkJob.run(
            { tenantId: tenant.tenantId, bulkId: begun.id },
            { clock, signal: new AbortController().signal },
          );
          const after = await byId();
          const state = await findBulk(nadia.ctx, { bulkId: begun.id });
          expect([state.status, state.changed + state.unchanged]).toEqual(["done", meant.length]);
          for (const [id, row] of after) {
            const isMeant = meant.some(([one]) => one === id);
            const wanted = {
              ...pick(asked, ["status", "priority"]),
              ...("assigneeId" in asked ? { assignee_id: asked.assigneeId } : {}),
            };
            if (isMeant) expect(row).toMatchObject(wanted);
            else expect(row).toEqual(before.get(id));
          }
          done.push({ id: begun.id, before, after, undone: !state.undoable });
        }
      }
      const left = await rows();
      const counts = await withTenant(tenant, (tx) => countTickets(nadia.ctx, tx));
      const open = left.filter((row) => !["resolved", "closed"].includes(String(row["status"])));
      expect(counts).toMatchObject({
        open: open.length,
        mine: open.filter((row) => row["assignee_id"] === nadia.userId).length,
        unassigned: open.filter((row) => row["assignee_id"] === null).length,
        urgent: open.filter((row) => row["priority"] === "urgent").length,
        waiting: left.filter((row) => row["status"] === "waiting_customer").length,
        all: 8,
      });
    }),
    { numRuns: 40 },
  );
});

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const pick = (from: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name, value]) => names.includes(name) && value !== undefined));
