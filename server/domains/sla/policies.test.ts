import { and, eq, inArray } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { createMember, createTenant, createTicket, type MadeMember, type MadeTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { getSlaSettings } from "./get-sla-settings.ts";
import { addHoliday, addPublicHolidays, removeHoliday, saveBusinessDays } from "./keep-holidays.ts";
import { recountTickets, ticketsPerStep } from "./recount-tickets.ts";
import { deletePolicy, movePolicy, savePolicy } from "./save-policy.ts";
import type { SavePolicyInput } from "./schemas.ts";

const database = await testDatabase();
const clock = fixedClock("2026-11-23T09:00:00Z");
let tenant: MadeTenant;
let admin: MadeMember;
beforeEach(async () => {
  tenant = await createTenant();
  admin = await createMember(tenant, "admin", { clock });
});

const promise = (change: Partial<SavePolicyInput> = {}): SavePolicyInput => ({
  name: "Promesse",
  priorities: ["urgent"],
  channels: [],
  firstResponseMinutes: 60,
  nextResponseMinutes: null,
  resolutionMinutes: null,
  warnMinutes: 0,
  escalatePriority: null,
  escalateAssigneeId: null,
  ...change,
});
const names = async () => (await getSlaSettings(admin.ctx)).policies.map(({ name }) => name);
const audited = async () => {
  const types = ["sla_policy", "holiday", "tenant"];
  const rows = await withTenant(tenant, (tx) =>
    tx
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(and(eq(auditLog.tenantId, tenant.tenantId), inArray(auditLog.entityType, types)))
      .orderBy(auditLog.id),
  );
  return rows.map(({ action }) => action);
};

it("tries policies in the order that was set, the default last wherever it was added", async () => {
  await savePolicy(admin.ctx, promise({ name: "Le reste", priorities: [] }));
  const { policyId: first } = await savePolicy(admin.ctx, promise({ name: "A" }));
  await savePolicy(admin.ctx, promise({ name: "B", channels: ["whatsapp"] }));
  expect(await names()).toEqual(["A", "B", "Le reste"]);
  await movePolicy(admin.ctx, { policyId: first, direction: "down" });
  await movePolicy(admin.ctx, { policyId: first, direction: "down" });
  expect(await names()).toEqual(["B", "A", "Le reste"]);
  await savePolicy(admin.ctx, promise({ name: "A′", policyId: first }));
  await deletePolicy(admin.ctx, { policyId: first });
  expect(await names()).toEqual(["B", "Le reste"]);
  const verbs = ["add", "add", "add", "move", "change", "delete"];
  expect(await audited()).toEqual(verbs.map((verb) => `sla_policy.${verb}`));
});

it("refuses a second default, an empty promise, and to escalate to a stranger", async () => {
  await savePolicy(admin.ctx, promise({ priorities: [] }));
  await expect(savePolicy(admin.ctx, promise({ priorities: [] }))).rejects.toMatchObject({
    fields: { priorities: "default_exists" },
  });
  const stranger = await createMember(await createTenant());
  await expect(savePolicy(admin.ctx, promise({ escalateAssigneeId: stranger.userId }))).rejects.toMatchObject({
    fields: { escalateAssigneeId: "not_active_member" },
  });
  await expect(savePolicy(admin.ctx, promise({ firstResponseMinutes: null }))).rejects.toThrow(/promise_something/);
});

it("touches nothing of another business", async () => {
  const { policyId } = await savePolicy(admin.ctx, promise());
  await addHoliday(admin.ctx, { day: "2026-12-24", name: "Réveillon" });
  const stranger = await createMember(await createTenant(), "owner", { clock });
  for (const ask of [
    () => savePolicy(stranger.ctx, promise({ policyId })),
    () => deletePolicy(stranger.ctx, { policyId }),
    () => movePolicy(stranger.ctx, { policyId, direction: "up" }),
    () => removeHoliday(stranger.ctx, { day: "2026-12-24" }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  expect(await getSlaSettings(stranger.ctx)).toMatchObject({ policies: [], holidays: [] });
});

it("keeps days off once each, and the public ones of a year at one press", async () => {
  await addHoliday(admin.ctx, { day: "2027-05-01", name: "Fermeture" });
  expect(await addPublicHolidays(admin.ctx, { year: 2027 })).toEqual({ added: 10 });
  expect(await addPublicHolidays(admin.ctx, { year: 2027 })).toEqual({ added: 0 });
  await removeHoliday(admin.ctx, { day: "2027-12-25" });
  const { holidays } = await getSlaSettings(admin.ctx);
  expect(holidays).toHaveLength(10);
  expect(holidays).toContainEqual({ day: "2027-05-01", name: "Fermeture" });
  await expect(saveBusinessDays(admin.ctx, { days: { "1": [] } })).rejects.toMatchObject({
    fields: { day1: "never_open" },
  });
  await saveBusinessDays(admin.ctx, { days: { "1": [{ from: "09:00", to: "12:00" }], "2": [] } });
  expect((await getSlaSettings(admin.ctx)).businessHours).toEqual({ "1": [{ from: "09:00", to: "12:00" }] });
  expect(await audited()).toEqual(["holiday.add", "holiday.add_public", "holiday.remove", "tenant.save_hours"]);
});

it("reckons open tickets in steps, tells nobody of what the new rules make late, and leaves done ones", async () => {
  const total = ticketsPerStep + 40;
  await withTenant(tenant, (tx) =>
    tx.raw.unsafe(
      `insert into tickets (tenant_id, id, number, subject, priority, status, created_at, updated_at)
       select $1, gen_random_uuid(), n, 'Question ' || n, 'urgent', case when n <= 5 then 'closed' else 'open' end,
              $2::timestamptz - n * interval '1 minute', $2::timestamptz - n * interval '1 second'
         from generate_series(1, ${total}) n`,
      [tenant.tenantId, clock.now()] as never[],
    ),
  );
  await savePolicy(admin.ctx, promise({ firstResponseMinutes: null, resolutionMinutes: 60 }));
  const jobs = () => database.owner<{ data: { before?: never } }[]>`
    select data from pgboss.job where name = 'sla.recount' and data->>'tenantId' = ${tenant.tenantId} order by created_on`;
  const [asked] = await statementsOf(() => recountTickets(admin.ctx));
  const scans = await scansOf(tenant, asked!, "generic");
  expect(scans.map(({ index }) => index)).toEqual(["tickets_queue"]);
  expect(scans[0]!.rows).toBeLessThanOrEqual(ticketsPerStep + 1);
  const [, next] = await jobs();
  await recountTickets(admin.ctx, next!.data.before);

  expect((await getSlaSettings(admin.ctx)).policies).toMatchObject([{ openTickets: total - 5 }]);
  const rows = await withTenant(tenant, (tx) => tx.select().from(tickets).orderBy(tickets.number));
  expect(rows).toHaveLength(total);
  for (const row of rows) {
    const due = row.createdAt.getTime() + 3_600_000;
    if (row.status === "closed") expect(row.slaClocks).toBeNull();
    else expect(row.resolutionDueAt?.getTime()).toBe(due);
    const isAhead = row.status === "open" && due > clock.now().getTime();
    expect(row.slaWatchAt?.getTime() ?? null).toBe(isAhead ? due : null);
  }
});

it("leaves the tickets of a business that promises nothing alone", async () => {
  const { ticketId } = await createTicket(tenant);
  await recountTickets(admin.ctx);
  const [row] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
  expect(row).toMatchObject({ slaClocks: null, slaPolicyId: null, slaWatchAt: null });
});
