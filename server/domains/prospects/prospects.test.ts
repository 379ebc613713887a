import { describe, expect, test } from "vitest";
import { createAppointment, createService } from "#db/factories-appointments.ts";
import { createProspect as makeProspect } from "#db/factories-prospects.ts";
import { createCustomer, createTenant, readCustomer, systemCtx } from "#db/factories.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { updateCustomer } from "#server/domains/customers/update-customer.ts";
import { changeProspectStatus } from "./change-status.ts";
import { convertProspect, undoConversion } from "./convert-prospect.ts";
import { createProspect } from "./create-prospect.ts";
import { getProspect } from "./get-prospect.ts";
import { readBoard } from "./read-board.ts";
import { suggestWords } from "./suggest-words.ts";
import { openShop } from "./testing.ts";
import { updateProspect } from "./update-prospect.ts";

await testDatabase();

async function openWithProspect() {
  const shop = await openShop();
  const { nadia, sophie } = shop;
  const { prospectId } = await createProspect(nadia.ctx, { customerId: sophie.customerId, interest: "Lustre" });
  return { ...shop, prospectId, now: () => getProspect(nadia.ctx, { prospectId }) };
}

describe("a prospect", () => {
  test("is written down for somebody known or new, and told to whoever it is given to", async () => {
    const { nadia, paul, sophie, ring, rows } = await openShop();
    const callId = await ring();
    const customer = { displayName: "Autrement écrite", phone: sophie.phone };
    const { prospectId } = await createProspect(nadia.ctx, { customer, callId, ownerId: paul.userId, place: "Lyon" });
    expect(await getProspect(nadia.ctx, { prospectId })).toMatchObject({
      customerName: "Sophie",
      source: "call",
      status: "new",
      ownerName: "Paul",
      createdByName: "Nadia",
      calls: [{ id: callId }],
      // The place, and that they called.
      score: 25,
      history: [{ type: "created", by: "Nadia" }],
    });
    expect(await rows("select user_id, kind from notifications")).toEqual([{ user_id: paul.userId, kind: "assigned" }]);
    const gone = createProspect(nadia.ctx, { customerId: sophie.customerId, ownerId: crypto.randomUUID() });
    await expect(gone).rejects.toMatchObject({ fields: { ownerId: "not_active_member" } });
  });

  test("changes field by field; its history tells which, and nobody's words", async () => {
    const { nadia, paul, prospectId, now, rows } = await openWithProspect();
    await updateProspect(nadia.ctx, { prospectId, place: "Zorglub-sur-Mer", budgetMaxCents: 90_000, givenScore: 70 });
    await updateProspect(nadia.ctx, { prospectId, place: "Zorglub-sur-Mer", givenScore: 70 });
    await updateProspect(nadia.ctx, { prospectId, givenScore: null, ownerId: paul.userId });
    const { history, ...prospect } = await now();
    expect(prospect).toMatchObject({ score: 55, givenBy: null, ownerName: "Paul" });
    expect(history.map(({ type, data }) => [type, data])).toEqual([
      ["created", { source: "manual", to: "new" }],
      ["changed", { fields: ["place", "budgetMaxCents", "givenScore"] }],
      ["changed", { fields: ["givenScore"] }],
      ["assigned", { from: null, to: "Paul" }],
    ]);
    expect(await rows("select 1 from audit_log where data::text like '%Zorglub%'")).toEqual([]);
    const wrong = updateProspect(nadia.ctx, { prospectId, budgetMinCents: 100_000 });
    await expect(wrong).rejects.toMatchObject({ fields: { budgetMaxCents: "budget_order" } });
  });

  test("goes from status to status as it may, with who, when and why", async () => {
    const { nadia, clock, prospectId, now } = await openWithProspect();
    clock.advance(60_000);
    await changeProspectStatus(nadia.ctx, { prospectId, status: "lost", reason: "Trop cher" });
    expect(await now()).toMatchObject({ status: "lost", statusAt: clock.now() });
    expect((await now()).history.at(-1)).toMatchObject({
      type: "status",
      by: "Nadia",
      reason: "Trop cher",
      data: { from: "new", to: "lost" },
    });
    await expect(convertProspect(nadia.ctx, { prospectId })).rejects.toMatchObject({ reason: "prospect_closed" });
    const other = changeProspectStatus(nadia.ctx, { prospectId, status: "not_qualified" });
    await expect(other).rejects.toMatchObject({ reason: "prospect_closed" });
    await changeProspectStatus(nadia.ctx, { prospectId, status: "qualified" });
    await changeProspectStatus(nadia.ctx, { prospectId, status: "qualified" });
    expect((await now()).history).toHaveLength(3);
  });

  test("of another business is not there", async () => {
    const { prospectId, rows } = await openWithProspect();
    const stranger = systemCtx(await createTenant());
    const before = await rows("select * from prospects");
    for (const attempt of [
      () => getProspect(stranger, { prospectId }),
      () => updateProspect(stranger, { prospectId, interest: "À nous" }),
      () => changeProspectStatus(stranger, { prospectId, status: "lost" }),
      () => convertProspect(stranger, { prospectId }),
      () => undoConversion(stranger, { prospectId }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    expect(await rows("select * from prospects")).toEqual(before);
  });
});

describe("a conversion", () => {
  const segmentOf = async (shop: Awaited<ReturnType<typeof openWithProspect>>) =>
    (await readCustomer(shop.sophie)).segment;

  test("makes the customer a client, once, and is taken back whole", async () => {
    const shop = await openWithProspect();
    const { nadia, prospectId, now, rows } = shop;
    await changeProspectStatus(nadia.ctx, { prospectId, status: "follow_up" });
    await Promise.all([convertProspect(nadia.ctx, { prospectId }), convertProspect(nadia.ctx, { prospectId })]);
    expect([(await now()).status, await segmentOf(shop)]).toEqual(["converted", "client"]);
    expect((await now()).onward).toEqual([]);
    const moved = changeProspectStatus(nadia.ctx, { prospectId, status: "lost" });
    await expect(moved).rejects.toMatchObject({ reason: "prospect_converted" });
    await undoConversion(nadia.ctx, { prospectId });
    expect([(await now()).status, await segmentOf(shop)]).toEqual(["follow_up", "prospect"]);
    const twice = undoConversion(nadia.ctx, { prospectId });
    await expect(twice).rejects.toMatchObject({ reason: "prospect_not_converted" });
    const audited = await rows(
      "select action from audit_log where action like 'prospect.conv%' or action = 'customer.update' order by id",
    );
    expect(audited.map((row) => row["action"])).toEqual([
      "customer.update",
      "prospect.converted",
      "customer.update",
      "prospect.conversion_undone",
    ]);
  });

  test("leaves a better customer as they are, and gives nothing back that somebody changed since", async () => {
    const shop = await openWithProspect();
    const { nadia, sophie, prospectId } = shop;
    await convertProspect(nadia.ctx, { prospectId });
    await updateCustomer(nadia.ctx, { customerId: sophie.customerId, segment: "vip" });
    await undoConversion(nadia.ctx, { prospectId });
    expect(await segmentOf(shop)).toBe("vip");
    await convertProspect(nadia.ctx, { prospectId });
    await undoConversion(nadia.ctx, { prospectId });
    expect(await segmentOf(shop)).toBe("vip");
  });

  test("of two, keeps the client until both are taken back, in either order", async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const shop = await openWithProspect();
      const { nadia, tenant, sophie } = shop;
      const other = await makeProspect(tenant, { customerId: sophie.customerId });
      const both = [shop.prospectId, other.prospectId];
      for (const prospectId of both) await convertProspect(nadia.ctx, { prospectId });
      await undoConversion(nadia.ctx, { prospectId: both[order[0]]! });
      expect(await segmentOf(shop)).toBe("client");
      await undoConversion(nadia.ctx, { prospectId: both[order[1]]! });
      expect(await segmentOf(shop)).toBe("prospect");
    }
  });
});

describe("what is looked at", () => {
  test("the board shows who came last on top, counts, goes on behind a cursor, and leaves out what was over long ago", async () => {
    const { nadia, tenant, sophie, clock } = await openShop();
    const at = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
    const { customerId } = sophie;
    for (let index = 0; index < 27; index++)
      await makeProspect(tenant, { customerId, interest: `Nº ${index}`, statusAt: at(index), createdAt: at(60) });
    await makeProspect(tenant, { customerId, status: "lost", statusAt: at(40) });
    await makeProspect(tenant, { customerId, status: "lost", statusAt: at(4), ownerId: nadia.userId });
    const { columns } = await readBoard(nadia.ctx, {});
    expect(columns.map(({ status, cards, total }) => [status, cards.length, total])).toEqual([
      ["new", 25, 27],
      ["follow_up", 0, 0],
      ["qualified", 0, 0],
      ["converted", 0, 0],
      ["not_qualified", 0, 0],
      ["lost", 1, 1],
    ]);
    expect(columns[0]!.cards[0]!.interest).toBe("Nº 0");
    const more = await readBoard(nadia.ctx, { column: "new", after: columns[0]!.next! });
    expect(more.columns[0]!.cards.map(({ interest }) => interest)).toEqual(["Nº 25", "Nº 26"]);
    const mine = await readBoard(nadia.ctx, { ownerId: nadia.userId });
    expect(mine.columns.map(({ total }) => total)).toEqual([0, 0, 0, 0, 0, 1]);
  });

  test("a page is asked for in five statements that leave together, the board in two for each column", async () => {
    const { nadia, prospectId } = await openWithProspect();
    expect(await statementsOf(() => getProspect(nadia.ctx, { prospectId }))).toHaveLength(5);
    expect(await statementsOf(() => readBoard(nadia.ctx, {}))).toHaveLength(12);
  });

  test("beside a prospect stand its customer's appointments and other prospects", async () => {
    const { nadia, tenant, sophie, prospectId, now } = await openWithProspect();
    const service = await createService(tenant, [nadia.userId], { name: "Pose" });
    const startsAt = new Date("2026-11-24T09:00:00Z");
    const booked = await createAppointment(service, { userId: nadia.userId, customerId: sophie.customerId, startsAt });
    const other = await makeProspect(tenant, { customerId: sophie.customerId, interest: "Appliques" });
    const stranger = await createCustomer(tenant);
    await makeProspect(tenant, { customerId: stranger.customerId });
    expect(await now()).toMatchObject({
      id: prospectId,
      appointments: [{ id: booked.appointmentId, serviceName: "Pose", status: "confirmed" }],
      others: [{ id: other.prospectId, interest: "Appliques" }],
    });
    expect((await now()).others).toHaveLength(1);
  });

  test("words that were used are offered again, the most used first", async () => {
    const { nadia, tenant, sophie } = await openShop();
    for (const [interest, place] of [
      ["Lustre", "Lyon"],
      ["Applique", ""],
      ["Lustre", "Lyon"],
    ] as const)
      await makeProspect(tenant, { customerId: sophie.customerId, interest, place });
    expect(await suggestWords(nadia.ctx)).toEqual({
      interests: ["Lustre", "Applique"],
      propertyTypes: [],
      places: ["Lyon"],
    });
  });
});
