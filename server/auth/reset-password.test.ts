import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { passwordResets } from "#db/schema/auth.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { digest } from "#server/core/crypto.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { authDb } from "./auth-pool.ts";
import { issuePasswordReset } from "./reset-password.ts";
import { authRouter } from "./router.ts";
import { givePassword, openSignIn, TestBrowser } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);
const callerOf = createCallerFactory(authRouter);
const ask = async (browser: TestBrowser) => callerOf(await browser.request());
const password = "un nouveau mot de passe";

test("a reset link sets a password once and ends every session", async () => {
  const member = await createMember(await createTenant(), "agent", { name: "Inès Duval" });
  await givePassword(member, "l’ancien mot de passe");
  const clock = fixedClock(new Date());
  const [visitor, desk] = [new TestBrowser(), new TestBrowser()];
  await (await ask(desk)).signIn({ email: member.email, password: "l’ancien mot de passe" });
  const { token } = await issuePasswordReset(member.userId, clock);

  const stored = await authDb().select().from(passwordResets).where(eq(passwordResets.userId, member.userId));
  expect(stored.map((row) => row.tokenHash)).toEqual([digest(token)]);
  expect(await (await ask(visitor)).lookAtReset({ token })).toEqual({ name: "Inès Duval", email: member.email });
  await expect((await ask(visitor)).resetPassword({ token, password: "court" })).rejects.toThrow("password_short");
  await (await ask(visitor)).resetPassword({ token, password });

  expect((await desk.request()).viewer).toBeNull();
  await expect((await ask(visitor)).resetPassword({ token, password: "encore un autre mot" })).rejects.toThrow(
    "link_expired",
  );
  await expect((await ask(visitor)).lookAtReset({ token })).rejects.toThrow("link_expired");
  await (await ask(visitor)).signIn({ email: member.email, password });
  expect((await visitor.request()).viewer?.userId).toBe(member.userId);
});

test("a link is good for 24 hours, and a newer one replaces it", async () => {
  const member = await createMember(await createTenant());
  const visitor = new TestBrowser();
  const clock = fixedClock(new Date());
  visitor.clock = clock;
  const first = await issuePasswordReset(member.userId, clock);
  const second = await issuePasswordReset(member.userId, clock);
  await expect((await ask(visitor)).lookAtReset({ token: first.token })).rejects.toThrow("link_expired");
  clock.advance(24 * 60 * 60_000 - 1);
  await expect((await ask(visitor)).lookAtReset({ token: second.token })).resolves.toBeTruthy();
  clock.advance(1);
  await expect((await ask(visitor)).resetPassword({ token: second.token, password })).rejects.toThrow("link_expired");
});

test("changing one's own password asks for the old one and signs other browsers out", async () => {
  const member = await createMember(await createTenant());
  await givePassword(member, "l’ancien mot de passe");
  const [desk, phone] = [new TestBrowser(), new TestBrowser()];
  for (const browser of [desk, phone])
    await (await ask(browser)).signIn({ email: member.email, password: "l’ancien mot de passe" });
  await expect((await ask(desk)).changePassword({ current: "autre chose", password })).rejects.toMatchObject({
    cause: { fields: { current: "wrong_password" } },
  });
  await (await ask(desk)).changePassword({ current: "l’ancien mot de passe", password });
  expect((await phone.request()).viewer).toBeNull();
  expect((await desk.request()).viewer).not.toBeNull();
});
