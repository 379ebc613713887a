import { describe, expect, test } from "vitest";
import { createChannel, createCustomer, createMember, createTenant } from "./factories.ts";
import { createAppointment, createService } from "./factories-appointments.ts";
import { createProspect } from "./factories-prospects.ts";
import { newId } from "#server/core/ids.ts";
import { withTenant } from "./tenant.ts";
import type { TenantTx } from "./tenant.ts";
import { testDatabase } from "./testing.ts";

const database = await testDatabase();
const phoneNumberId = "106540352242922";
const lamps = await createTenant({ name: "Lamps" });
const chairs = await createTenant({ name: "Chairs" });
const owner = await createMember(lamps, "owner");
const channel = await createChannel(lamps, { provider: "whatsapp" });
await createChannel(chairs, { provider: "whatsapp" });
await withTenant(
  lamps,
  (tx) =>
    tx.raw`update channel_configurations set phone_number_id = ${phoneNumberId}, business_name = 'Lamps' where id = ${channel.channelId}`,
);
await database.owner`select door.make_log_partitions(current_date - 1, 3)`;

/** Runs the older systems' SQL as it was written, in one tenant's session. */
const older = <T>(run: (tx: TenantTx) => Promise<T>) =>
  withTenant(lamps, async (tx) => {
    await tx.raw`set local search_path = compat, public`;
    return run(tx);
  });

describe("the CRM guide's queries on v_customers (S1.4)", () => {
  test("VIPs with over five orders by revenue; activity of 30 days; no contact for 30 days", async () => {
    const names = ["Big", "Bigger", "Few orders", "Not vip"];
    const made = await Promise.all(names.map((displayName) => createCustomer(lamps, { displayName })));
    await withTenant(lamps, async (tx) => {
      const orders = [6, 8, 5, 9];
      for (const [index, customer] of made.entries()) {
        await tx.raw`update customers set segment = ${index === 3 ? "client" : "vip"}, opening_orders = ${orders[index]!}, opening_revenue_cents = ${(index + 1) * 12_345} where id = ${customer.customerId}`;
        await tx.raw`insert into customer_activities (tenant_id, id, customer_id, type, channel, occurred_at)
          values (${lamps.tenantId}, ${newId()}, ${customer.customerId}, 'visit', 'shop', now() - make_interval(days => ${index < 2 ? 2 : 45}))`;
        await tx.raw`insert into customer_tags (tenant_id, customer_id, tag) values (${lamps.tenantId}, ${customer.customerId}, 'b'), (${lamps.tenantId}, ${customer.customerId}, 'a')`;
      }
    });
    await older(async (tx) => {
      const vips = await tx.raw`select name, total_orders, total_revenue, tags, notes_count from v_customers
        where tenant_id = ${lamps.tenantId} and segment = 'vip' and total_orders > 5 order by total_revenue desc`;
      expect(vips.map((row) => ({ ...row }))).toEqual([
        { name: "Bigger", total_orders: 8, total_revenue: "246.9000000000000000", tags: "a,b", notes_count: "0" },
        { name: "Big", total_orders: 6, total_revenue: "123.4500000000000000", tags: "a,b", notes_count: "0" },
      ]);
      const active = await tx.raw`select v.name, count(a.id)::int as activities from v_customers v
        join customer_activities a on a.tenant_id = v.tenant_id and a.customer_id = v.id
        where a.occurred_at >= now() - interval '30 days' group by v.name order by v.name`;
      expect(active.map((row) => row.name as string)).toEqual(["Big", "Bigger"]);
      const quiet =
        await tx.raw`select name from v_customers where last_contact_at < now() - interval '30 days' order by name`;
      expect(quiet.map((row) => row.name as string)).toEqual(["Few orders", "Not vip"]);
      const fans = await tx.raw`select name, value_cents, tags from fans where name = 'Big'`;
      expect(fans.map((row) => ({ ...row }))).toEqual([{ name: "Big", value_cents: 12_345, tags: ["a", "b"] }]);
    });
  });
});

describe("the appointment guide's table and its reminders (S2.4, S2.9)", async () => {
  const service = await createService(lamps, [owner.userId], { name: "Pose de luminaire", location: "Sur place" });
  const sophie = await createCustomer(lamps, { displayName: "Sophie Martin", phone: "+33639980111" });
  const book = (startsAt: string, values = {}) =>
    createAppointment(service, {
      userId: owner.userId,
      customerId: sophie.customerId,
      startsAt: new Date(startsAt),
      ...values,
    });
  // Half an hour before midnight in Paris, where the clock is set back on that day.
  const late = await book("2026-10-25T22:30:00Z", { notes: "Deux lampes", endsAt: new Date("2026-10-25T23:15:00Z") });
  await book("2026-10-26T08:00:00Z", { status: "cancelled", statusAt: new Date("2026-10-20T08:00:00Z") });
  const morning = await book("2026-10-26T09:00:00Z", { source: "web", status: "completed" });
  await book("2026-10-26T10:00:00Z", { status: "held", customerId: null, heldUntil: new Date() });

  test("has the guide's columns, by the wall clock of the business", async () => {
    await older(async (tx) => {
      const rows = await tx.raw`
        select customer_name, customer_phone, customer_email, rdv_date::text, rdv_time::text, rdv_type, rdv_duration_minutes, rdv_location,
               status, notes, internal_notes, call_id, created_by, cancelled_at, completed_at is not null as completed
          from rendez_vous where tenant_id = ${lamps.tenantId} order by rdv_date, rdv_time`;
      expect(rows.map(({ rdv_date, rdv_time, status }) => ({ rdv_date, rdv_time, status }) as object)).toEqual([
        { rdv_date: "2026-10-25", rdv_time: "23:30:00", status: "confirmed" },
        { rdv_date: "2026-10-26", rdv_time: "09:00:00", status: "cancelled" },
        { rdv_date: "2026-10-26", rdv_time: "10:00:00", status: "completed" },
      ]);
      expect({ ...rows[0] }).toMatchObject({
        customer_name: "Sophie Martin",
        customer_phone: "+33639980111",
        customer_email: null,
        rdv_type: "Pose de luminaire",
        rdv_duration_minutes: 45,
        rdv_location: "",
        notes: "Deux lampes",
        internal_notes: "",
        call_id: null,
        created_by: "manual",
        cancelled_at: null,
        completed: false,
      });
      expect(rows[1]?.cancelled_at).toEqual(new Date("2026-10-20T08:00:00Z"));
      expect(rows[2]).toMatchObject({ created_by: "web", completed: true });
    });
  });

  test("finds tomorrow's confirmed appointments without a reminder once", async () => {
    const due = (tx: TenantTx) => tx.raw`
      select id, customer_name, customer_phone, rdv_date, rdv_time from rendez_vous
       where tenant_id = ${lamps.tenantId} and status = 'confirmed' and rdv_date = date '2026-10-24' + 1 and reminder_24h_sent = false`;
    await older(async (tx) => {
      expect((await due(tx)).map(({ id }) => id as string)).toEqual([late.appointmentId]);
      const marked = await tx.raw`update rendez_vous set reminder_24h_sent = true where id = ${late.appointmentId}`;
      expect(marked.count).toBe(1);
      expect(await due(tx)).toHaveLength(0);
      const [row] =
        await tx.raw`select reminder_24h_sent, reminder_1h_sent, confirmation_sent from rendez_vous where id = ${late.appointmentId}`;
      expect({ ...row }).toEqual({ reminder_24h_sent: true, reminder_1h_sent: false, confirmation_sent: false });
    });
  });

  test("takes nothing else: a status changes by the program's rules", async () => {
    const cancelled = older(
      (tx) => tx.raw`update rendez_vous set status = 'cancelled' where id = ${morning.appointmentId}`,
    );
    await expect(cancelled).rejects.toThrow(/takes what was sent/);
  });

  test("another tenant sees and marks none", async () => {
    await withTenant(chairs, async (tx) => {
      expect(await tx.raw`select 1 from compat.rendez_vous`).toHaveLength(0);
      const marked =
        await tx.raw`update compat.rendez_vous set confirmation_sent = true where id = ${morning.appointmentId}`;
      expect(marked.count).toBe(0);
    });
  });
});

describe("the webhook guide's functions and views (S3.3 – S3.5)", () => {
  test("routing works before any tenant is known, and returns no secret in clear", async () => {
    const [found] = await database.app`select * from compat.get_whatsapp_user_by_phone_number_id(${phoneNumberId})`;
    expect(found).toMatchObject({
      user_id: lamps.tenantId,
      social_account_id: channel.channelId,
      business_name: "Lamps",
      is_active: true,
    });
    for (const secret of [found?.access_token, found?.app_secret, found?.verify_token] as (string | null)[]) {
      if (secret !== null) expect(secret).toMatch(/^v1\./);
    }
    expect(await database.app`select * from compat.get_instagram_user_by_page_id('none')`).toHaveLength(0);
    expect(await database.app`select * from compat.get_instagram_user_by_business_account_id('none')`).toHaveLength(0);
  });

  test("log_webhook and mark_webhook_processed as the guide calls them, then its monitoring views", async () => {
    const [good, bad] = await older(async (tx) => {
      const log = (id: string) => tx.raw`select log_webhook(
        (select id from social_accounts where phone_number_id = ${phoneNumberId} limit 1)::uuid,
        'whatsapp'::social_platform, 'test_message', '{"test": true}'::jsonb, ${id}, '33639981234') as id`;
      const rows = [...(await log("msg_test_1")), ...(await log("msg_test_2"))];
      return rows.map((row) => row.id as string);
    });
    await database.app`select compat.mark_webhook_processed(${good!}::uuid, 120)`;
    await database.app`select compat.mark_webhook_processed(${bad!}::uuid, 80, 'no such template')`;
    await older(async (tx) => {
      const logs =
        await tx.raw`select id, status, error_message, payload, customer_identifier, user_id from webhook_logs order by created_at desc, id desc limit 5`;
      expect(logs.map((row) => ({ ...row }))).toEqual([
        {
          id: bad,
          status: "error",
          error_message: "no such template",
          payload: { test: true },
          customer_identifier: "33639981234",
          user_id: lamps.tenantId,
        },
        {
          id: good,
          status: "processed",
          error_message: null,
          payload: { test: true },
          customer_identifier: "33639981234",
          user_id: lamps.tenantId,
        },
      ]);
      const [account] =
        await tx.raw`select email, platform, webhook_status, phone_number_id from active_webhook_accounts`;
      expect(account).toMatchObject({
        email: owner.email,
        platform: "whatsapp",
        webhook_status: "active",
        phone_number_id: phoneNumberId,
      });
      const [stats] = await tx.raw`select * from webhook_stats_by_user`;
      expect(stats).toMatchObject({
        user_id: lamps.tenantId,
        total_webhooks: "2",
        processed_webhooks: "1",
        error_webhooks: "1",
      });
      expect(Number(stats?.avg_processing_time_ms)).toBe(100);
    });
  });

  test("another tenant's session sees none of it, and no session sees anything", async () => {
    const seen = await withTenant(
      chairs,
      (tx) =>
        tx.raw`select (select count(*) from compat.webhook_logs)::int as logs, (select count(*) from compat.social_accounts)::int as accounts, (select count(*) from compat.v_customers)::int as customers`,
    );
    expect({ ...seen[0] }).toEqual({ logs: 0, accounts: 1, customers: 0 });
    const without =
      await database.app`select (select count(*) from compat.webhook_logs)::int as logs, (select count(*) from compat.social_accounts)::int as accounts, (select count(*) from compat.users)::int as users`;
    expect({ ...without[0] }).toEqual({ logs: 0, accounts: 0, users: 0 });
  });

  test("an event of our own intake cannot be marked from outside", async () => {
    await expect(
      database.app`select compat.log_webhook(${newId()}::uuid, 'whatsapp', 'x', '{}'::jsonb)`,
    ).rejects.toThrow(/unknown account/);
  });
});

describe("the qualification guide's table (S2.5)", async () => {
  const julie = await createCustomer(lamps, { displayName: "Julie Morel", phone: "+33639980112" });
  await createProspect(lamps, {
    customerId: julie.customerId,
    status: "converted",
    convertedAt: new Date("2026-10-20T08:00:00Z"),
    interest: "Éclairage du salon",
    place: "Lyon",
    propertyType: "Maison",
    budgetMaxCents: 125_050,
  });

  test("has the guide's columns, with budgets in currency units", async () => {
    await older(async (tx) => {
      const rows = await tx.raw`
        select name, phone, email, source, interest_type, budget_min, budget_max::float, location_preference, property_type,
               qualification_score, qualification_status, converted_to_client, converted_at, next_follow_up_at, call_id
          from prospects where tenant_id = ${lamps.tenantId}`;
      expect(rows.map((row) => ({ ...row }))).toEqual([
        {
          name: "Julie Morel",
          phone: "+33639980112",
          email: null,
          source: "manual",
          interest_type: "Éclairage du salon",
          budget_min: null,
          budget_max: 1250.5,
          location_preference: "Lyon",
          property_type: "Maison",
          qualification_score: 65,
          qualification_status: "converted",
          converted_to_client: true,
          converted_at: new Date("2026-10-20T08:00:00Z"),
          next_follow_up_at: null,
          call_id: null,
        },
      ]);
    });
  });

  test("shows another tenant none", async () => {
    await withTenant(chairs, async (tx) => expect(await tx.raw`select 1 from compat.prospects`).toHaveLength(0));
  });
});
