import fc from "fast-check";
import { expect, test } from "vitest";
import { createAppointment, createService } from "#db/factories-appointments.ts";
import { createCustomer } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { changeProspectStatus } from "./change-status.ts";
import { convertProspect, undoConversion } from "./convert-prospect.ts";
import { createProspect } from "./create-prospect.ts";
import { getProspect } from "./get-prospect.ts";
import { exportProspects, listProspects } from "./list-prospects.ts";
import { getProspectFigures } from "./prospect-figures.ts";
import { qualifyProspect } from "./qualify-prospect.ts";
import type { ProspectDetail } from "./schemas.ts";
import { stages } from "./schemas.ts";
import { openShop } from "./testing.ts";
import { updateProspect } from "./update-prospect.ts";

await testDatabase();

const whose = fc.nat(5);
const command = fc.oneof(
  fc.record({ do: fc.constant("create" as const), who: whose, interest: fc.constantFrom("", "Lustre") }),
  fc.record({
    do: fc.constant("qualify" as const),
    who: whose,
    place: fc.constantFrom("", "Lyon"),
    score: fc.option(fc.nat(100), { nil: undefined }),
  }),
  fc.record({
    do: fc.constant("update" as const),
    at: fc.nat(20),
    budgetMaxCents: fc.option(fc.nat(10_000)),
    givenScore: fc.option(fc.nat(100)),
    days: fc.option(fc.nat(9)),
  }),
  fc.record({
    do: fc.constant("status" as const),
    at: fc.nat(20),
    status: fc.constantFrom(
      "new" as const,
      "follow_up" as const,
      "qualified" as const,
      "not_qualified" as const,
      "lost" as const,
    ),
  }),
  fc.record({ do: fc.constant("convert" as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant("undo" as const), at: fc.nat(20) }),
  fc.record({
    do: fc.constant("book" as const),
    who: whose,
    status: fc.constantFrom("confirmed" as const, "cancelled" as const, "no_show" as const),
  }),
);
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

test("scores, what was qualified, and every figure are what the facts and the history say, whatever happened", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 15, maxLength: 40 }), async (commands) => {
      const shop = await openDesk();
      for (const one of commands) {
        shop.clock.advance(3_600_000);
        await shop.perform(one).catch(refused);
      }
      await shop.expectRecounted();
    }),
    { numRuns: 12, interruptAfterTimeLimit: 60_000 },
  );
});

/** What may not be done where it stands is told so; nothing else goes wrong. */
function refused(error: { reason?: string }): void {
  expect(error).toMatchObject({ reason: expect.stringMatching(/^prospect_/) });
}

/** A shop with six customers, in which anything may happen. */
async function openDesk() {
  const shop = await openShop();
  const { nadia, tenant, clock, agent, ring } = shop;
  const customers = [shop.sophie];
  for (let index = 1; index < 6; index++) customers.push(await createCustomer(tenant));
  const service = await createService(tenant, [nadia.userId], { capacity: 100 });
  const ids: string[] = [];
  const booked: { customerId: string; status: string; createdAt: Date }[] = [];
  const idAt = (at: number) => ids[at % Math.max(1, ids.length)];

  const perform = async (one: Command): Promise<void> => {
    if (one.do === "create") {
      const { customerId } = customers[one.who]!;
      ids.push((await createProspect(nadia.ctx, { customerId, interest: one.interest })).prospectId);
    } else if (one.do === "qualify") {
      const { customerId } = customers[one.who]!;
      const { place, score } = one;
      const { prospectId, created } = await qualifyProspect(agent, { callId: await ring(customerId), place, score });
      if (created) ids.push(prospectId);
    } else if (one.do === "book") {
      const { customerId } = customers[one.who]!;
      const startsAt = new Date(clock.now().getTime() + 86_400_000);
      const createdAt = clock.now();
      await createAppointment(service, { userId: nadia.userId, customerId, startsAt, status: one.status, createdAt });
      booked.push({ customerId, status: one.status, createdAt });
    } else {
      const prospectId = idAt(one.at);
      if (!prospectId) return;
      if (one.do === "convert") await convertProspect(nadia.ctx, { prospectId });
      else if (one.do === "undo") await undoConversion(nadia.ctx, { prospectId });
      else if (one.do === "status") await changeProspectStatus(nadia.ctx, { prospectId, status: one.status });
      else {
        const { budgetMaxCents, givenScore, days } = one;
        const nextFollowUpAt = days === null ? null : new Date(clock.now().getTime() + days * 86_400_000);
        await updateProspect(nadia.ctx, { prospectId, budgetMaxCents, givenScore, nextFollowUpAt });
      }
    }
  };

  const expectRecounted = async (): Promise<void> => {
    const all: ProspectDetail[] = [];
    for (const prospectId of ids) all.push(await getProspect(nadia.ctx, { prospectId }));
    for (const { score, givenScore, reasons } of all) {
      const known = reasons.filter((reason) => reason.known).reduce((sum, { points }) => sum + points, 0);
      expect(score).toBe(givenScore ?? known);
    }
    const reached = (prospect: ProspectDetail) => ({
      qualified: wasQualified(prospect),
      appointment: booked.some(
        ({ customerId, status, createdAt }) =>
          customerId === prospect.customerId && status !== "cancelled" && createdAt >= prospect.createdAt,
      ),
      converted: prospect.status === "converted",
    });
    // Half of what came, and all of it.
    for (const from of [new Date(0), all[Math.floor(all.length / 2)]?.createdAt ?? new Date(0)]) {
      const until = new Date(clock.now().getTime() + 1);
      const figures = await getProspectFigures(nadia.ctx, { from, until });
      const came = all.filter(({ createdAt }) => createdAt >= from);
      expect(figures.total.came).toBe(came.length);
      expect(figures.bySource.reduce((sum, row) => sum + row.came, 0)).toBe(came.length);
      for (const stage of stages) {
        const wanted = came.filter((prospect) => reached(prospect)[stage]).map(({ id }) => id);
        expect([stage, figures.total[stage]]).toEqual([stage, wanted.length]);
        const { rows, total } = await listProspects(nadia.ctx, { from, until, stage });
        expect([stage, total, rows.map(({ id }) => id).toSorted()]).toEqual([stage, wanted.length, wanted.toSorted()]);
        const file = await exportProspects(nadia.ctx, { from, until, stage });
        expect(file.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
        for (const { source, ...row } of figures.bySource)
          expect(row[stage]).toBe(rows.filter((one) => one.source === source).length);
      }
    }
  };
  return { ...shop, perform, expectRecounted };
}

/** By its history: whether anybody said so since it was last new, or found not to be worth it. */
function wasQualified({ history, status }: ProspectDetail): boolean {
  let qualified = false;
  for (const { type, data } of history) {
    if (type !== "status" && type !== "created" && type !== "qualified_by_agent") continue;
    if (data["to"] === "qualified") qualified = true;
    if (data["to"] === "new" || data["to"] === "not_qualified") qualified = false;
  }
  return qualified || status === "converted";
}
