import { expect, it } from "vitest";
import { createConversation, createMember, createMessage, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { getOverview } from "./get-overview.ts";

const database = await testDatabase();

it("counts what waits, names what presses first, and shows another tenant none of it", async () => {
  const clock = fixedClock(new Date());
  const tenant = await createTenant();
  const nadia = await createMember(tenant, "agent", { clock });
  const paul = await createMember(tenant, "agent", { clock });
  const conversation = await createConversation(tenant, { assigneeId: nadia.userId });
  await createMessage(conversation);
  await createConversation(tenant);
  await createTicket(tenant, { priority: "low", assigneeId: nadia.userId, subject: "Mine" });
  await createTicket(tenant, { priority: "urgent", subject: "Nobody’s" });
  await createTicket(tenant, { priority: "urgent", assigneeId: paul.userId, subject: "Paul’s" });
  await createTicket(tenant, {
    priority: "high",
    assigneeId: nadia.userId,
    subject: "Waits",
    status: "waiting_customer",
  });
  const overview = await getOverview(nadia.ctx);
  expect(overview.counts.unread).toBe(1);
  expect(overview.counts.conversations).toEqual({ mine: 1, unassigned: 1, open: 2 });
  expect(overview.counts.tickets).toMatchObject({ mine: 2, unassigned: 1, urgent: 2, open: 4 });
  expect(overview.pressing.map((ticket) => ticket.subject)).toEqual(["Nobody’s", "Mine"]);
  expect(overview.channels).toHaveLength(2);
  expect(overview.steps).toEqual({
    channelConnected: true,
    messageReceived: true,
    messageAnswered: false,
    colleagueInvited: true,
  });

  const elsewhere = await createMember(await createTenant(), "owner", { clock });
  const theirs = await getOverview(elsewhere.ctx);
  expect(theirs).toMatchObject({ channels: [], pressing: [], activities: [], counts: { unread: 0 } });
  expect(theirs.steps).toEqual({
    channelConnected: false,
    messageReceived: false,
    messageAnswered: false,
    colleagueInvited: false,
  });
});

it("adds the log up by the hour, as a recount does", async () => {
  const now = new Date();
  const tenant = await createTenant();
  const member = await createMember(tenant, "manager", { clock: fixedClock(now) });
  const ages = [0, 1, 1, 5, 23, 30];
  await database.app`select door.make_log_partitions((now() - interval '2 days')::date, 4)`;
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    for (const [index, age] of ages.entries()) {
      const at = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000 - age * 3_600_000);
      await sql`insert into webhook_logs (tenant_id, id, platform, webhook_type, payload, status, dedupe_key, received_at)
        values (${tenant.tenantId}, ${newId(at.getTime())}, 'whatsapp', 'message', '{}', ${index === 3 ? "failed" : "processed"}, ${String(index)}, ${at})`;
    }
  });
  const { volumes } = await getOverview(member.ctx);
  expect(volumes).toHaveLength(24);
  expect(volumes.toReversed().map((hour) => hour.received)).toEqual(
    Array.from({ length: 24 }, (_, age) => ages.filter((one) => one === age).length),
  );
  expect(volumes.reduce((sum, hour) => sum + hour.failed, 0)).toBe(1);
  expect(await withTenant(tenant, (tx) => tx.raw.unsafe("select 1 from webhook_logs"))).toHaveLength(ages.length);
});
