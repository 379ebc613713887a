import { expect, test } from "vitest";
import { memberships, tenants, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { issueSetupToken } from "#server/auth/index.ts";
import { authRouter } from "#server/auth/router.ts";
import { openSignIn, TestBrowser } from "#server/auth/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { createCallerFactory, router } from "#server/trpc/init.ts";
import { slugOf } from "./create-tenant.ts";
import { setupRouter } from "./router.ts";

const database = await testDatabase();
openSignIn(database);
const callerOf = createCallerFactory(router({ auth: authRouter, setup: setupRouter }));
const ask = async (browser: TestBrowser) => callerOf(await browser.request());

const answers = {
  business: "Atelier Lumière",
  locale: "fr",
  timezone: "Europe/Paris",
  currency: "EUR",
  country: "FR",
  name: "Élodie Marchand",
  email: "elodie@atelier.example",
  password: "une lampe pour chacun",
} as const;

test("the printed token makes the first business and its owner, once", async () => {
  const browser = new TestBrowser();
  const [token, spare] = [await issueSetupToken(), await issueSetupToken()];
  expect(await (await ask(browser)).setup.status({ token })).toEqual({ open: true });
  expect(await (await ask(browser)).setup.status({ token: "inventé" })).toEqual({ open: false });
  const wrong = (await ask(browser)).setup.create({ ...answers, token: "inventé" });
  await expect(wrong).rejects.toThrow("link_expired");
  const unfit = (await ask(browser)).setup.create({ ...answers, token, email: "elodie", password: "court" });
  await expect(unfit).rejects.toThrow("invalid_email");

  expect(await (await ask(browser)).setup.create({ ...answers, token })).toEqual({ slug: "atelier-lumiere" });
  const { viewer } = await browser.request();
  expect(viewer?.memberships).toMatchObject([
    { slug: "atelier-lumiere", kind: "business", role: "owner", displayName: answers.name },
    { kind: "platform", role: "owner" },
  ]);
  const tenantId = viewer?.memberships[0]?.tenantId ?? "";
  await withTenant({ tenantId }, async (tx) => {
    expect(await tx.select().from(tenants)).toMatchObject([{ name: answers.business, currency: "EUR", demo: false }]);
    expect(await tx.select().from(memberships)).toHaveLength(1);
    expect(await tx.select().from(userProfiles)).toHaveLength(1);
  });

  for (const used of [token, spare, await issueSetupToken()]) {
    expect(await (await ask(browser)).setup.status({ token: used })).toEqual({ open: false });
    const again = (await ask(browser)).setup.create({ ...answers, token: used, email: "autre@atelier.example" });
    await expect(again).rejects.toThrow("link_expired");
  }
  const fresh = new TestBrowser();
  await (await ask(fresh)).auth.signIn({ email: answers.email, password: answers.password });
  expect((await fresh.request()).viewer?.name).toBe(answers.name);
});

test("a token is forgotten after a week", async () => {
  const clock = fixedClock("2026-11-01T00:00:00Z");
  await issueSetupToken(clock);
  clock.advance(7 * 24 * 60 * 60_000 + 1);
  await issueSetupToken(clock);
  const [row] = await database.app.begin(async (sql) => {
    await sql`set local role guichet_auth`;
    return sql<{ old: number }[]>`select count(*)::int as old from auth.setup_tokens where created_at < '2026-11-02'`;
  });
  expect(row?.old).toBe(0);
});

test.each([
  ["Atelier Lumière & Fils", "atelier-lumiere-fils"],
  ["  Œuvres d’ici  ", "oeuvres-d-ici"],
  ["東京", "guichet"],
])("%s lives at /t/%s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
