import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { expect, onTestFinished, test } from "vitest";
import { createMember, createTenant, testConfig } from "#db/factories.ts";
import { auditLog, invitations } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { givePassword, openSignIn, signedInAs, TestBrowser } from "#server/auth/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { startSmtp } from "#server/mailboxes/testing-smtp.ts";
import { inviteMember } from "./invite-member.ts";
import { listInvitations } from "./list-invitations.ts";
import { listMembers } from "./list-members.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { ask } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);
const account = { name: "Yanis Belkacem", password: "dix lettres au moins" };

async function shop() {
  const tenant = await createTenant({ name: "Atelier Lumen" });
  return { tenant, owner: await createMember(tenant, "owner"), admin: await createMember(tenant, "admin") };
}

test("a link makes an account, a member with the role, and a session; it works once", async () => {
  const { tenant, admin } = await shop();
  const { token, id } = await inviteMember(admin.ctx, { email: "yanis@shop.example", role: "manager" });
  const browser = new TestBrowser();
  const seen = await (await ask(browser)).invitations.look({ token });
  expect(seen).toMatchObject({ tenantName: "Atelier Lumen", email: "yanis@shop.example", role: "manager" });

  await expect((await ask(browser)).invitations.accept({ token })).rejects.toMatchObject({
    cause: { fields: { name: "required", password: "required" } },
  });
  expect(await (await ask(browser)).invitations.accept({ token, ...account })).toEqual({ slug: tenant.slug });
  const { viewer } = await browser.request();
  expect(viewer?.memberships).toMatchObject([{ slug: tenant.slug, role: "manager", displayName: account.name }]);

  const again = (await ask(new TestBrowser())).invitations.accept({ token, ...account });
  await expect(again).rejects.toThrow("link_expired");
  const [row] = await withTenant(tenant, (tx) => tx.select().from(invitations));
  expect(row).toMatchObject({ id, tokenHash: digest(token) });
  const audit = await withTenant(tenant, (tx) => tx.select().from(auditLog));
  expect(audit.map((entry) => entry.action).toSorted()).toEqual(["invitation.accept", "invitation.create"]);
});

test("the link is mailed to whom it is for, where the program sends mails, and shown all the same", async () => {
  const smtp = await startSmtp("", null);
  onTestFinished(() => smtp.close());
  const { tenant, admin } = await shop();
  const browser = await signedInAs(admin);
  const invite = async (email: string) => (await ask(browser, tenant.slug)).members.invite({ email, role: "agent" });
  expect(await invite("lea@shop.example")).toMatchObject({ mailed: "none" });
  const folder = mkdtempSync(join(tmpdir(), "guichet-mail-"));
  useConfig(testConfig({ mail: { server: undefined, folder, from: "guichet@shop.example" } }));
  expect(await invite("paul@shop.example")).toMatchObject({ mailed: "none" });
  expect(readdirSync(folder)).toEqual([]);
  const mail = { server: `smtp://localhost:${smtp.port}`, folder: "", from: "guichet@shop.example" };
  useConfig(testConfig({ mail }));
  onTestFinished(() => useConfig(testConfig()));
  const { token, mailed } = await invite("noe@shop.example");
  expect(mailed).toBe("sent");
  expect(smtp.taken.map(({ to }) => to)).toEqual([["noe@shop.example"]]);
  const { subject, text } = await simpleParser(smtp.taken[0]!.bytes);
  expect(subject).toBe("Invitation à rejoindre Atelier Lumen");
  expect(text).toContain(`https://guichet.test/invitations/${token}`);
  smtp.refuseReceivers("550 5.1.1 No such user");
  expect(await invite("ines@shop.example")).toMatchObject({ mailed: "unsent", token: expect.any(String) });
});

test("two people who open the same link at once: one joins", async () => {
  const { tenant, admin } = await shop();
  const { token } = await inviteMember(admin.ctx, { email: "double@shop.example", role: "agent" });
  const results = await Promise.allSettled(
    [1, 2, 3].map(async () => (await ask(new TestBrowser())).invitations.accept({ token, ...account })),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const members = await listMembers(contextFor(tenant.tenantId, { type: "system" }));
  expect(members.filter((member) => member.email === "double@shop.example")).toHaveLength(1);
});

test("someone who has an account signs in and joins with it; a link alone opens no account", async () => {
  const { tenant, admin } = await shop();
  const elsewhere = await createMember(await createTenant(), "owner", { email: "camille@shop.example" });
  await givePassword(elsewhere, "le mot de passe de Camille");
  const { token } = await inviteMember(admin.ctx, { email: elsewhere.email, role: "agent" });

  await expect((await ask(new TestBrowser())).invitations.accept({ token, ...account })).rejects.toThrow(
    "sign_in_first",
  );
  const stranger = await signedInAs(admin);
  await expect((await ask(stranger)).invitations.accept({ token })).rejects.toThrow("other_account");
  const browser = new TestBrowser();
  await (await ask(browser)).auth.signIn({ email: elsewhere.email, password: "le mot de passe de Camille" });
  await (await ask(browser)).invitations.accept({ token });
  expect((await browser.request()).viewer?.memberships.map((membership) => membership.slug)).toContain(tenant.slug);
});

test("expired, revoked, replaced and made-up links are all the same refusal", async () => {
  const { tenant, owner } = await shop();
  const clock = fixedClock(new Date());
  const ctx = { ...owner.ctx, clock };
  const visitor = new TestBrowser();
  const expectDead = async (token: string) =>
    expect((await ask(visitor)).invitations.look({ token })).rejects.toThrow("link_expired");

  const first = await inviteMember(ctx, { email: "lea@shop.example", role: "agent" });
  const second = await inviteMember(ctx, { email: "lea@shop.example", role: "agent" });
  await expectDead(first.token);
  expect((await listInvitations(ctx)).map((invitation) => invitation.id)).toEqual([second.id]);
  await revokeInvitation(ctx, { id: second.id });
  await expectDead(second.token);
  await expectDead("inventé");
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`update invitations set revoked_at = null, expires_at = now() - interval '1 second' where id = ${second.id}`;
  });
  await expectDead(second.token);
  clock.advance(7 * 24 * 60 * 60_000);
  const third = await inviteMember(ctx, { email: "noe@shop.example", role: "agent" });
  expect(third.expiresAt.getTime() - clock.now().getTime()).toBe(7 * 24 * 60 * 60_000);
});

test("a member cannot be invited again", async () => {
  const { owner, admin } = await shop();
  await expect(inviteMember(owner.ctx, { email: admin.email, role: "agent" })).rejects.toMatchObject({
    code: "conflict",
    fields: { email: "already_member" },
  });
});

test("agents and managers may not invite, admins may not make owners, other tenants see nothing", async () => {
  const { tenant, admin } = await shop();
  const input = { email: "paul@shop.example", role: "agent" as const };
  for (const role of ["agent", "manager"] as const) {
    const browser = await signedInAs(await createMember(tenant, role));
    await expect((await ask(browser, tenant.slug)).members.invite(input)).rejects.toThrow("forbidden");
    await expect((await ask(browser, tenant.slug)).members.invitations()).rejects.toThrow("forbidden");
  }
  await expect(inviteMember(admin.ctx, { ...input, role: "owner" })).rejects.toThrow("owners_only");

  const { id } = await inviteMember(admin.ctx, input);
  const other = await shop();
  const foreign = await signedInAs(other.owner);
  await expect((await ask(foreign, tenant.slug)).members.invitations()).rejects.toThrow("not_found");
  await expect((await ask(foreign, other.tenant.slug)).members.revokeInvitation({ id })).rejects.toThrow("not_found");
  expect(await (await ask(foreign, other.tenant.slug)).members.invitations()).toEqual([]);
  expect(await listInvitations(admin.ctx)).toHaveLength(1);
});
