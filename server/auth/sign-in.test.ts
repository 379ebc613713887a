import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { sessions } from "#db/schema/auth.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { digest } from "#server/core/crypto.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { authDb } from "./auth-pool.ts";
import { authRouter } from "./router.ts";
import { givePassword, openSignIn, TestBrowser } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);
const callerOf = createCallerFactory(authRouter);
const ask = async (browser: TestBrowser) => callerOf(await browser.request());
const password = "une phrase assez longue";

async function personWithPassword(values: { email?: string } = {}) {
  const tenant = await createTenant();
  const member = await createMember(tenant, "agent", values);
  await givePassword(member, password);
  return { tenant, member };
}

async function signedIn(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await (await ask(browser)).signIn({ email, password });
  return browser;
}

test("a sign-in sets a cookie that scripts cannot read, and only its digest is stored", async () => {
  const { tenant, member } = await personWithPassword();
  const browser = await signedIn(`  ${member.email.toUpperCase()} `);

  expect(browser.attributes).toContain("httponly");
  expect(browser.attributes).toContain("samesite=lax");
  expect(browser.attributes).toContain("secure");
  const id = browser.cookie?.split("=")[1] ?? "";
  const stored = await authDb().select().from(sessions).where(eq(sessions.userId, member.userId));
  expect(stored.map((session) => session.id)).toEqual([digest(id)]);

  const { viewer } = await browser.request();
  expect(viewer).toMatchObject({ userId: member.userId, email: member.email, lastTenantSlug: null });
  expect(viewer?.memberships).toMatchObject([{ tenantId: tenant.tenantId, slug: tenant.slug, role: "agent" }]);
});

test("every sign-in makes a new session and ends the browser's old one", async () => {
  const { member } = await personWithPassword();
  const browser = await signedIn(member.email);
  const before = browser.cookie;
  await (await ask(browser)).signIn({ email: member.email, password });

  expect(browser.cookie).not.toBe(before);
  const old = new TestBrowser();
  old.cookie = before;
  expect((await old.request()).viewer).toBeNull();
  expect(old.cookie).toBeUndefined();
});

test("an unknown email, a wrong password and an account without one are refused alike", async () => {
  const { tenant, member } = await personWithPassword();
  const without = await createMember(tenant);
  const refusals = await Promise.all(
    [
      { email: member.email, password: "pas le bon mot de passe" },
      { email: "personne@nowhere.example", password },
      { email: without.email, password },
    ].map(async (input) => (await ask(new TestBrowser())).signIn(input).catch((error: unknown) => String(error))),
  );
  expect(new Set(refusals)).toEqual(new Set(["TRPCError: wrong_credentials"]));
});

test("ten wrong tries stop the account for a quarter of an hour, whoever asks", async () => {
  const { member } = await personWithPassword();
  const clock = fixedClock("2026-11-21T09:00:00Z");
  const attempt = async (given: string, address: string) => {
    const browser = new TestBrowser();
    browser.clock = clock;
    browser.address = address;
    return (await ask(browser)).signIn({ email: member.email, password: given });
  };
  for (let count = 0; count < 10; count += 1) {
    await expect(attempt("faux", `198.51.100.${count}`)).rejects.toThrow("wrong_credentials");
  }
  await expect(attempt(password, "203.0.113.9")).rejects.toThrow("rate_limited");
  clock.advance(21 * 60_000);
  await expect(attempt(password, "203.0.113.9")).resolves.toMatchObject({ userId: member.userId });
});

test("one address cannot try account after account", async () => {
  const browser = new TestBrowser();
  browser.address = "2001:db8:1:2:aaaa::1";
  for (let count = 0; count < 40; count += 1) {
    const refused = (await ask(browser)).signIn({ email: `essai${count}@nowhere.example`, password });
    await expect(refused).rejects.toThrow("wrong_credentials");
  }
  browser.address = "2001:db8:1:2:bbbb::7";
  const { member } = await personWithPassword();
  await expect((await ask(browser)).signIn({ email: member.email, password })).rejects.toThrow("rate_limited");
});

test("sign-out ends this browser's session; everywhere ends them all; one can be ended from another", async () => {
  const { member } = await personWithPassword();
  const [desk, phone, tablet] = [
    await signedIn(member.email),
    await signedIn(member.email),
    await signedIn(member.email),
  ];
  const open = await (await ask(desk)).sessions();
  expect(open).toHaveLength(3);
  expect(open.filter((session) => session.current)).toHaveLength(1);

  await (await ask(tablet)).signOut();
  expect(tablet.cookie).toBeUndefined();
  expect(await (await ask(desk)).sessions()).toHaveLength(2);

  const other = (await (await ask(desk)).sessions()).find((session) => !session.current);
  await (await ask(desk)).endSession({ hash: other?.hash ?? "" });
  expect((await phone.request()).viewer).toBeNull();

  const again = await signedIn(member.email);
  await (await ask(desk)).signOutEverywhere();
  expect((await again.request()).viewer).toBeNull();
  expect((await desk.request()).viewer).toBeNull();
});

test("nobody ends a session that is not theirs", async () => {
  const [one, two] = [await personWithPassword(), await personWithPassword()];
  const [mine, theirs] = [await signedIn(one.member.email), await signedIn(two.member.email)];
  const hash = (await theirs.request()).viewer?.sessionHash ?? "";
  await (await ask(mine)).endSession({ hash });
  expect((await theirs.request()).viewer).not.toBeNull();
});

test("a session in its second half is renewed with its cookie; an expired one is forgotten", async () => {
  const { member } = await personWithPassword();
  const browser = await signedIn(member.email);
  const expireIn = (days: number) =>
    authDb()
      .update(sessions)
      .set({ expiresAt: sql`now() + make_interval(days => ${days})` })
      .where(eq(sessions.userId, member.userId));

  browser.attributes = "";
  await browser.request();
  expect(browser.attributes).toBe("");
  await expireIn(14);
  expect((await browser.request()).viewer).not.toBeNull();
  expect(browser.attributes).toContain("max-age=2592000");
  await expireIn(-1);
  expect((await browser.request()).viewer).toBeNull();
  expect(browser.cookie).toBeUndefined();
});

test("each tenant of the person has the sign-in in its audit log, and no other tenant", async () => {
  const { tenant, member } = await personWithPassword();
  const second = await createTenant();
  await createMember(second, "owner", { userId: member.userId, email: member.email });
  const stranger = await createTenant();
  await signedIn(member.email);
  for (const [where, expected] of [
    [tenant, 1],
    [second, 1],
    [stranger, 0],
  ] as const) {
    const rows = await withTenant(where, (tx) => tx.select().from(auditLog));
    expect(rows.filter((row) => row.action === "session.start" && row.actorId === member.userId)).toHaveLength(
      expected,
    );
  }
});
