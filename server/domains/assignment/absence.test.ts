import { expect, test } from "vitest";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn, signedInAs } from "#server/auth/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { listMembers } from "#server/domains/members/list-members.ts";
import { createCaller } from "#server/trpc/root.ts";
import { endAbsence, setAbsence } from "./set-absence.ts";
import { setCapacity } from "./set-capacity.ts";
import { connect, createTeam, holders } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);
const clock = fixedClock("2026-11-20T10:00:00Z");
const day = 86_400_000;
const inDays = (days: number) => new Date(clock.now().getTime() + days * day);

async function shop() {
  const tenant = await createTenant();
  const [nadia, theo] = [
    await createMember(tenant, "agent", { clock }),
    await createMember(tenant, "agent", { clock }),
  ];
  const admin = await createMember(tenant, "admin", { clock });
  return { tenant, nadia, theo, admin };
}

test("an absence is set, replaced and ended, and each is written down; what waits is given to who is back", async () => {
  const { tenant, nadia, theo, admin } = await shop();
  const { userId } = nadia;
  await setAbsence(admin.ctx, { userId, from: inDays(3), until: inDays(5), substituteId: null });
  const away = { from: inDays(-1), until: inDays(2), substituteId: theo.userId };
  await setAbsence(nadia.ctx, { userId, ...away });
  const shown = async () => (await listMembers(admin.ctx)).find((one) => one.userId === userId)?.absence;
  expect(await shown()).toEqual({ ...away, now: true });

  const { teamId } = await createTeam(tenant, [nadia], { assignment: "round_robin" });
  await createConversation(tenant, { teamId, seekingSince: clock.now() });
  await connect(tenant, [nadia], clock);
  await endAbsence(nadia.ctx, { userId });
  await endAbsence(nadia.ctx, { userId });
  expect(await shown()).toBeNull();
  expect(await holders(tenant)).toMatchObject([{ assigneeId: userId, seeking: false }]);
  const traces = await withTenant(tenant, (tx) => tx.select().from(auditLog).orderBy(auditLog.id));
  expect(traces.map(({ action }) => action)).toEqual([
    "member.absence",
    "member.absence",
    "member.absence_end",
    "conversation.assign",
  ]);
});

test("an absence that makes no sense is refused beside its field", async () => {
  const { nadia, theo, admin } = await shop();
  const other = await shop();
  const { userId } = nadia;
  const set = (change: object) =>
    setAbsence(admin.ctx, { userId, from: inDays(1), until: inDays(2), substituteId: null, ...change });
  await expect(set({ until: inDays(1) })).rejects.toThrow("ends_before_it_begins");
  await expect(set({ from: inDays(-3), until: inDays(-1) })).rejects.toMatchObject({
    fields: { until: "in_the_past" },
  });
  await expect(set({ substituteId: userId })).rejects.toMatchObject({ fields: { substituteId: "another_person" } });
  await expect(set({ substituteId: other.theo.userId })).rejects.toMatchObject({
    fields: { substituteId: "not_active_member" },
  });
  await expect(set({ userId: other.nadia.userId, substituteId: theo.userId })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a capacity is set within one's business, and more of it takes what waits", async () => {
  const { tenant, nadia, admin } = await shop();
  const other = await shop();
  const { userId } = nadia;
  await setCapacity(admin.ctx, { userId, capacity: 0 });
  const { teamId } = await createTeam(tenant, [nadia], { assignment: "least_loaded" });
  await createConversation(tenant, { teamId, seekingSince: clock.now() });
  await connect(tenant, [nadia], clock);
  await setCapacity(admin.ctx, { userId, capacity: 1 });
  expect(await holders(tenant)).toMatchObject([{ assigneeId: userId }]);
  await expect(setCapacity(other.admin.ctx, { userId, capacity: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(setCapacity(admin.ctx, { userId, capacity: -1 })).rejects.toThrow("invalid_number");
});

test("agents say when they are out themselves, and nothing of anybody else", async () => {
  const { tenant, nadia, theo } = await shop();
  const { assignment } = createCaller(await (await signedInAs(nadia)).request(tenant.slug));
  const [from, until] = [new Date(), new Date(Date.now() + day)];
  await assignment.leave({ from, until, substituteId: theo.userId });
  await assignment.comeBack();
  for (const attempt of [
    () => assignment.setAbsence({ userId: theo.userId, from, until, substituteId: null }),
    () => assignment.endAbsence({ userId: theo.userId }),
    () => assignment.setCapacity({ userId: nadia.userId, capacity: 1 }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});
