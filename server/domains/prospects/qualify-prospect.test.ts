import { describe, expect, test } from "vitest";
import { createProspect } from "#db/factories-prospects.ts";
import { createTenant, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { convertProspect } from "./convert-prospect.ts";
import { qualifyProspect } from "./qualify-prospect.ts";
import { openShop } from "./testing.ts";

await testDatabase();

const lamps = { interest: "Lustre du salon", budgetMaxCents: 150_000 };
const columns =
  "select interest, place, budget_min_cents as min, budget_max_cents as max, score, given_by as giver, status, source, qualification_notes as said from prospects order by id";

describe("what a voice agent learns", () => {
  test("makes the caller a prospect, linked to the call; the same again changes nothing", async () => {
    const { agent, ring, rows } = await openShop();
    const callId = await ring();
    const first = await qualifyProspect(agent, { callId, ...lamps, notes: "Emménage en mars" });
    // Interest, budget, and that they called.
    expect(first).toMatchObject({ created: true, score: 60 });
    const before = await rows("select * from prospects, audit_log");
    expect(await qualifyProspect(agent, { callId, ...lamps, notes: "Emménage en mars" })).toEqual({
      ...first,
      created: false,
    });
    expect(await rows("select * from prospects, audit_log")).toEqual(before);
    expect(await rows("select prospect_id as id from call_logs")).toEqual([{ id: first.prospectId }]);
    expect(await rows(columns)).toMatchObject([{ source: "voice_agent", status: "new", said: "Emménage en mars" }]);
  });

  test("said later in the same call, adds to the same prospect and clears nothing", async () => {
    const { agent, ring, rows, clock } = await openShop();
    const callId = await ring();
    await qualifyProspect(agent, { callId, ...lamps, notes: "Un lustre" });
    const followUpAt = new Date(clock.now().getTime() + 86_400_000);
    const again = await qualifyProspect(agent, {
      callId,
      place: "Lyon",
      budgetMinCents: 200_000,
      score: 80,
      followUpAt,
      notes: "Deux lustres",
    });
    expect(again).toMatchObject({ created: false, score: 80 });
    // What is asked for at least is more than what was said at most: that does not hold any more.
    expect(await rows(columns)).toEqual([
      {
        interest: "Lustre du salon",
        place: "Lyon",
        min: 200_000,
        max: null,
        score: 80,
        giver: "voice_agent",
        status: "follow_up",
        source: "voice_agent",
        said: "Un lustre\nDeux lustres",
      },
    ]);
  });

  test("is of one prospect, however many functions of the call run at once", async () => {
    const { agent, ring, rows } = await openShop();
    const callId = await ring();
    const all = await Promise.all(Array.from({ length: 8 }, () => qualifyProspect(agent, { callId, ...lamps })));
    expect(new Set(all.map(({ prospectId }) => prospectId)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await rows("select 1 from prospect_events")).toHaveLength(1);
  });

  test("goes to the prospect whom somebody works on already; after that is over, to another", async () => {
    const { agent, ring, rows, nadia, sophie, tenant } = await openShop();
    const { prospectId } = await createProspect(tenant, { customerId: sophie.customerId, status: "qualified" });
    const one = await qualifyProspect(agent, { callId: await ring(), ...lamps, status: "follow_up" });
    expect(one).toMatchObject({ prospectId, created: false });
    await convertProspect(nadia.ctx, { prospectId });
    const other = await qualifyProspect(agent, { callId: await ring(), interest: "Appliques" });
    expect(other.created).toBe(true);
    expect((await rows(columns)).map(({ status }) => status as string)).toEqual(["converted", "new"]);
  });

  test("of somebody whose number is withheld needs a name and a way to reach them", async () => {
    const { agent, ring, rows } = await openShop();
    const callId = await ring(null);
    await expect(qualifyProspect(agent, { callId, ...lamps })).rejects.toMatchObject({
      fields: { customerId: "required" },
    });
    const customer = { displayName: "Inès Roche", phone: "06 39 98 12 34" };
    expect((await qualifyProspect(agent, { callId, customer, ...lamps })).created).toBe(true);
    expect(await rows("select display_name from customers order by id")).toMatchObject([
      {},
      { display_name: "Inès Roche" },
    ]);
  });

  test("is not taken for another business's call or customer", async () => {
    const { ring, sophie, rows } = await openShop();
    const stranger = systemCtx(await createTenant());
    const callId = await ring();
    await expect(qualifyProspect(stranger, { callId, ...lamps })).rejects.toMatchObject({ code: "not_found" });
    await expect(qualifyProspect(stranger, { customerId: sophie.customerId, ...lamps })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await rows("select 1 from prospects")).toEqual([]);
  });
});
