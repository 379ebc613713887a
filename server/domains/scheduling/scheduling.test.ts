import { describe, expect, test } from "vitest";
import { createAppointment } from "#db/factories-appointments.ts";
import { createCustomer, createMember, createTenant } from "#db/factories.ts";
import { holidays } from "#db/schema/sla.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { findSlots } from "./find-slots.ts";
import { getHours, listHours } from "./list-hours.ts";
import { listServices } from "./list-services.ts";
import { removeDay, saveDay, saveHours } from "./save-hours.ts";
import { archiveService, createService, updateService } from "./save-service.ts";
import { addTimeOff, removeTimeOff } from "./time-off.ts";

await testDatabase();
const morning = [{ from: "09:00", to: "11:00" }];

async function shop() {
  const clock = fixedClock("2026-11-22T12:00:00Z");
  const tenant = await createTenant({ businessHours: { "1": morning, "2": morning }, currency: "CHF" });
  const manager = await createMember(tenant, "manager", { clock, name: "Hélène" });
  const nadia = await createMember(tenant, "agent", { clock, name: "Nadia" });
  const paul = await createMember(tenant, "agent", { clock, name: "Paul" });
  const fields = { name: "Conseil", durationMinutes: 60, slotStepMinutes: 60, memberIds: [nadia.userId] };
  const { serviceId } = await createService(manager.ctx, fields);
  /** From Monday on, by the clock of Paris in winter. */
  const times = async (days = 2) => {
    const { slots } = await findSlots(nadia.ctx, { serviceId, from: "2026-11-23", days });
    return slots.map(({ startsAt }) => new Date(startsAt.getTime() + 3_600_000).toISOString().slice(8, 16));
  };
  return { clock, tenant, manager, nadia, paul, serviceId, times };
}

const usual = ["23T09:00", "23T10:00", "24T09:00", "24T10:00"];

describe("when somebody is free", () => {
  test("is when the business is open, until they say otherwise", async () => {
    const { manager, nadia, times } = await shop();
    expect(await times()).toEqual(usual);
    const { userId } = nadia;
    await saveHours(nadia.ctx, { userId, days: { "2": [{ from: "14:00", to: "16:00" }], "3": [] } });
    expect(await times()).toEqual(["24T14:00", "24T15:00"]);
    expect(await getHours(manager.ctx, { userId })).toMatchObject({
      name: "Nadia",
      timezone: "Europe/Paris",
      ownTimezone: false,
      days: { "2": [{ from: "14:00", to: "16:00" }] },
    });
    // Ten in London is eleven in Paris.
    const days = { "1": [{ from: "10:00", to: "11:00" }] };
    await saveHours(nadia.ctx, { userId, timezone: "Europe/London", days });
    expect(await times()).toEqual(["23T11:00"]);
    await saveHours(nadia.ctx, { userId, days: null });
    expect(await times()).toEqual(usual);
  });

  test("goes by holidays, by dates that are different, by time off and by absence", async () => {
    const { tenant, nadia, times } = await shop();
    const { userId } = nadia;
    await withTenant(tenant, (tx) =>
      tx.insert(holidays).values({ tenantId: tenant.tenantId, day: "2026-11-23", name: "Sainte-Cécile" }),
    );
    expect(await times()).toEqual(["24T09:00", "24T10:00"]);
    await saveDay(nadia.ctx, { userId, day: "2026-11-23", spans: [{ from: "18:00", to: "19:00" }], note: "Nocturne" });
    await saveDay(nadia.ctx, { userId, day: "2026-11-24", spans: [] });
    expect(await times()).toEqual(["23T18:00"]);
    await removeDay(nadia.ctx, { userId, day: "2026-11-24" });
    const off = { startsAt: new Date("2026-11-24T08:30:00Z"), endsAt: new Date("2026-11-24T08:31:00Z") };
    const { timeOffId, appointments } = await addTimeOff(nadia.ctx, { userId, ...off });
    expect(appointments).toBe(0);
    expect(await times()).toEqual(["23T18:00", "24T10:00"]);
    await removeTimeOff(nadia.ctx, { timeOffId });
    expect(await times()).toEqual(["23T18:00", "24T09:00", "24T10:00"]);
    const absent = { absentFrom: new Date("2026-11-23T12:00:00Z"), absentUntil: new Date("2026-11-24T08:30:00Z") };
    await withTenant(tenant, (tx) => tx.update(memberships).set(absent));
    expect(await times()).toEqual(["24T10:00"]);
  });

  test("is nobody's who is deactivated, and no time's of a service that is archived", async () => {
    const { tenant, manager, paul, serviceId, times } = await shop();
    await updateService(manager.ctx, { serviceId, memberIds: [paul.userId], durationMinutes: 120 });
    expect(await times()).toEqual(["23T09:00", "24T09:00"]);
    await archiveService(manager.ctx, { serviceId, archived: true });
    expect(await times()).toEqual([]);
    await archiveService(manager.ctx, { serviceId, archived: false });
    await withTenant(
      tenant,
      (tx) => tx.raw`update memberships set status = 'deactivated' where user_id = ${paul.userId}`,
    );
    expect(await times()).toEqual([]);
    expect((await listServices(manager.ctx))[0]).toMatchObject({ members: [], currency: "CHF", archived: false });
    expect((await listHours(manager.ctx)).map(({ name }) => name)).toEqual(["Hélène", "Nadia"]);
  });

  test("takes one round trip to say, however many are asked about", async () => {
    const { tenant, manager, nadia, paul, serviceId } = await shop();
    const count = async () =>
      (await statementsOf(() => findSlots(nadia.ctx, { serviceId, from: "2026-11-23", days: 42 }))).length;
    expect(await count()).toBe(3);
    await updateService(manager.ctx, { serviceId, memberIds: [nadia.userId, paul.userId, manager.userId] });
    const customer = await createCustomer(tenant);
    for (let hour = 0; hour < 8; hour++) {
      const startsAt = new Date(Date.parse("2026-11-24T08:00:00Z") + hour * 3_600_000);
      await createAppointment({ ...tenant, serviceId, name: "" }, { userId: paul.userId, ...customer, startsAt });
    }
    expect(await count()).toBe(3);
  });
});

test("members arrange their own time, managers everybody's", async () => {
  const { manager, nadia, paul } = await shop();
  const { userId } = nadia;
  const off = { userId, startsAt: new Date("2026-12-24T08:00:00Z"), endsAt: new Date("2026-12-26T08:00:00Z") };
  const { timeOffId } = await addTimeOff(nadia.ctx, off);
  for (const attempt of [
    () => addTimeOff(paul.ctx, off),
    () => removeTimeOff(paul.ctx, { timeOffId }),
    () => saveHours(paul.ctx, { userId, days: null }),
    () => saveDay(paul.ctx, { userId, day: "2026-12-24", spans: [] }),
    () => removeDay(paul.ctx, { userId, day: "2026-12-24" }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
  await removeTimeOff(manager.ctx, { timeOffId });
  await saveDay(manager.ctx, { userId, day: "2026-12-24", spans: [] });
  expect((await getHours(paul.ctx, { userId })).exceptions).toEqual([{ day: "2026-12-24", spans: [], note: "" }]);
});

test("two services of one name, or somebody of elsewhere, are refused beside their field", async () => {
  const { manager } = await shop();
  const stranger = await createMember(await createTenant(), "agent");
  const fields = { name: "Conseil", durationMinutes: 30 };
  await expect(createService(manager.ctx, fields)).rejects.toMatchObject({ fields: { name: "service_name_taken" } });
  const other = createService(manager.ctx, { ...fields, name: "Pose", memberIds: [stranger.userId] });
  await expect(other).rejects.toMatchObject({ fields: { memberIds: "not_active_member" } });
  expect((await listServices(manager.ctx)).map(({ name }) => name)).toEqual(["Conseil"]);
});

test("time off says how many appointments lie in it", async () => {
  const { tenant, nadia, serviceId } = await shop();
  const customer = await createCustomer(tenant);
  const startsAt = new Date("2026-11-23T09:00:00Z");
  await createAppointment({ ...tenant, serviceId, name: "" }, { userId: nadia.userId, ...customer, startsAt });
  const off = {
    userId: nadia.userId,
    startsAt: new Date("2026-11-23T09:29:00Z"),
    endsAt: new Date("2026-11-23T12:00:00Z"),
  };
  expect((await addTimeOff(nadia.ctx, off)).appointments).toBe(1);
  expect((await addTimeOff(nadia.ctx, { ...off, startsAt: new Date("2026-11-23T09:30:00Z") })).appointments).toBe(0);
});
