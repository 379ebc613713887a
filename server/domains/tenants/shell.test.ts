import { sql as raw } from "drizzle-orm";
import { expect, test } from "vitest";
import { createConversation, createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn, signedInAs } from "#server/auth/testing.ts";
import type { TestBrowser } from "#server/auth/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { countQuery, countWork } from "./count-work.ts";
import { shellRouter } from "./router.ts";

const database = await testDatabase();
openSignIn(database);
const callerOf = createCallerFactory(shellRouter);
const load = async (browser: TestBrowser, slug: string) => callerOf(await browser.request(slug)).load();

test("the shell knows the tenant, the member and what waits for them", async () => {
  const tenant = await createTenant({ name: "Atelier Lumen", timezone: "Europe/Paris" });
  const [member, colleague] = [await createMember(tenant, "agent"), await createMember(tenant, "admin")];
  const second = await createTenant({ name: "Zoé Fleurs" });
  await createMember(second, "owner", { userId: member.userId, email: member.email });
  await createConversation(tenant);
  await createConversation(tenant, { assigneeId: member.userId });
  await createConversation(tenant, { assigneeId: colleague.userId });
  await createConversation(tenant, { status: "resolved" });
  for (const status of ["open", "in_progress", "waiting_customer", "resolved", "closed"] as const) {
    await createTicket(tenant, { status });
  }
  await createTicket(second);

  const shell = await load(await signedInAs(member), tenant.slug);
  expect(shell).toMatchObject({
    tenant: { slug: tenant.slug, name: "Atelier Lumen", timezone: "Europe/Paris", demo: false },
    tenants: [{ slug: tenant.slug }, { slug: second.slug }],
    member: { userId: member.userId, email: member.email, role: "agent", theme: "system" },
    counts: { inbox: 2, tickets: 3, logsFailed: 0 },
    simulator: false,
  });
  expect(shell.member.permissions).toContain("tickets.write");
  expect(shell.member.permissions).not.toContain("members.write");
});

test("`/` remembers the tenant that was shown last, written only when it changes", async () => {
  const [one, two] = [await createTenant(), await createTenant()];
  const member = await createMember(one);
  await createMember(two, "agent", { userId: member.userId, email: member.email });
  const browser = await signedInAs(member);
  const written = async () => {
    const [row] = await database.app.begin(async (sql) => {
      await sql`set local role guichet_auth`;
      return sql<
        { version: string }[]
      >`select xmin::text as version from auth.sessions where user_id = ${member.userId}`;
    });
    return row?.version;
  };
  await load(browser, two.slug);
  expect((await browser.request()).viewer?.lastTenantSlug).toBe(two.slug);
  const before = await written();
  await load(browser, two.slug);
  expect(await written()).toBe(before);
  await load(browser, one.slug);
  expect((await browser.request()).viewer?.lastTenantSlug).toBe(one.slug);
});

test("another tenant's shell does not exist", async () => {
  const browser = await signedInAs(await createMember(await createTenant(), "owner"));
  const stranger = await createTenant();
  await expect(load(browser, stranger.slug)).rejects.toThrow("not_found");
  await expect(load(browser, "nulle-part")).rejects.toThrow("not_found");
});

test("counts are asked for once in five seconds per member", async () => {
  const tenant = await createTenant();
  const clock = fixedClock("2026-11-21T09:00:00Z");
  const member = await createMember(tenant, "agent", { clock });
  const colleague = await createMember(tenant, "agent", { clock });
  expect(await countWork(member.ctx)).toMatchObject({ tickets: 0 });
  await createTicket(tenant);
  clock.advance(4_999);
  expect(await countWork(member.ctx)).toMatchObject({ tickets: 0 });
  expect(await countWork(colleague.ctx)).toMatchObject({ tickets: 1 });
  clock.advance(1);
  expect(await countWork(member.ctx)).toMatchObject({ tickets: 1 });
});

test("counts stop at a thousand and one", async () => {
  const tenant = await createTenant();
  const member = await createMember(tenant);
  await createTicket(tenant);
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`insert into tickets (tenant_id, id, number, subject)
      select ${tenant.tenantId}, gen_random_uuid(), 10 + n, 'Demande' from generate_series(1, 1200) n`;
  });
  expect(await countWork(member.ctx)).toMatchObject({ tickets: 1_001 });
});

test("every count is read from an index alone", async () => {
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "owner");
  const colleague = await createMember(tenant);
  await createConversation(tenant);
  await createTicket(tenant);
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`insert into conversations
        (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, status, assignee_id,
         last_message_at)
      select tenant_id, gen_random_uuid(), customer_id, channel_id, channel_type, 'handle', n::text,
             case when n % 10 = 0 then 'open' else 'resolved' end, case when n % 50 > 0 then ${colleague.userId}::uuid end,
             last_message_at
        from conversations, generate_series(1, 2000) n where tenant_id = ${tenant.tenantId}`;
  });
  await database.owner`analyze conversations, tickets`;
  const lines = await withTenant(ctx, async (tx) => {
    await tx.execute(raw`set local enable_seqscan = off`);
    await tx.execute(raw`set local enable_bitmapscan = off`);
    return tx.execute<{ "QUERY PLAN": string }>(raw`explain ${countQuery(ctx)}`);
  });
  const scans = lines.map((line) => line["QUERY PLAN"].trim()).filter((line) => line.includes("Scan"));
  expect(scans.filter((line) => !line.includes("Index Only Scan"))).toEqual([]);
  for (const index of ["conversations_assignee", "tickets_"]) {
    expect(scans.some((line) => line.includes(index))).toBe(true);
  }
});
