import { expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { givePassword, openSignIn, signedInAs, TestBrowser } from "#server/auth/testing.ts";
import { changeRole } from "./change-role.ts";
import { deactivateMember } from "./deactivate-member.ts";
import { issueResetLink } from "./issue-reset-link.ts";
import { listMembers } from "./list-members.ts";
import { reactivateMember } from "./reactivate-member.ts";
import { ask } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);

async function team() {
  const tenant = await createTenant();
  const [owner, admin, agent] = [
    await createMember(tenant, "owner"),
    await createMember(tenant, "admin"),
    await createMember(tenant, "agent"),
  ];
  return { tenant, owner, admin, agent };
}
const actionsOf = async (tenant: { tenantId: string }) =>
  (await withTenant(tenant, (tx) => tx.select().from(auditLog))).map((row) => row.action).toSorted();

test("a role holds from the next request on, and leaves a trace", async () => {
  const { tenant, admin, agent } = await team();
  const browser = await signedInAs(agent);
  await expect((await ask(browser, tenant.slug)).members.invitations()).rejects.toThrow("forbidden");
  await changeRole(admin.ctx, { userId: agent.userId, role: "admin" });
  await expect((await ask(browser, tenant.slug)).members.invitations()).resolves.toEqual([]);
  expect(await actionsOf(tenant)).toEqual(["member.change_role"]);
  await changeRole(admin.ctx, { userId: agent.userId, role: "admin" });
  expect(await actionsOf(tenant)).toHaveLength(1);
});

test("only owners give, take or touch the role of owner", async () => {
  const { owner, admin, agent } = await team();
  await expect(changeRole(admin.ctx, { userId: agent.userId, role: "owner" })).rejects.toThrow("owners_only");
  await changeRole(owner.ctx, { userId: agent.userId, role: "owner" });
  await expect(changeRole(admin.ctx, { userId: agent.userId, role: "agent" })).rejects.toThrow("owners_only");
  await expect(deactivateMember(admin.ctx, { userId: agent.userId })).rejects.toThrow("owners_only");
});

test("the last owner stays, even when two leave at the same moment", async () => {
  const { owner, admin } = await team();
  await expect(changeRole(owner.ctx, { userId: owner.userId, role: "agent" })).rejects.toThrow("last_owner");
  await changeRole(owner.ctx, { userId: admin.userId, role: "owner" });
  const second = { ...admin.ctx, actor: { type: "member", userId: admin.userId, role: "owner" } as const };
  const left = await Promise.allSettled([
    changeRole(owner.ctx, { userId: owner.userId, role: "agent" }),
    changeRole(second, { userId: admin.userId, role: "agent" }),
  ]);
  expect(left.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const owners = (await listMembers(owner.ctx)).filter((member) => member.role === "owner");
  expect(owners).toHaveLength(1);
});

test("a deactivated member loses the tenant at once, and every session when they work nowhere else", async () => {
  const { tenant, admin, agent } = await team();
  const both = await createMember(tenant);
  const elsewhere = await createTenant();
  await createMember(elsewhere, "agent", { userId: both.userId, email: both.email });
  const [gone, stays] = [await signedInAs(agent), await signedInAs(both)];

  await expect(deactivateMember(admin.ctx, { userId: admin.userId })).rejects.toThrow("not_yourself");
  await deactivateMember(admin.ctx, { userId: agent.userId });
  await deactivateMember(admin.ctx, { userId: both.userId });
  expect((await gone.request()).viewer).toBeNull();
  await expect((await ask(stays, tenant.slug)).members.list()).rejects.toThrow("not_found");
  await expect((await ask(stays, elsewhere.slug)).members.list()).resolves.toHaveLength(1);

  await reactivateMember(admin.ctx, { userId: both.userId });
  await expect((await ask(stays, tenant.slug)).members.list()).resolves.toHaveLength(4);
  expect(await actionsOf(tenant)).toEqual(["member.deactivate", "member.deactivate", "member.reactivate"]);
});

test("another tenant's members can neither be seen nor touched", async () => {
  const [ours, theirs] = [await team(), await team()];
  const userId = theirs.agent.userId;
  expect((await listMembers(ours.owner.ctx)).map((member) => member.userId)).not.toContain(userId);
  await expect(changeRole(ours.owner.ctx, { userId, role: "admin" })).rejects.toThrow("not_found");
  await expect(deactivateMember(ours.owner.ctx, { userId })).rejects.toThrow("not_found");
  await expect(reactivateMember(ours.owner.ctx, { userId })).rejects.toThrow("not_found");
  await expect(issueResetLink(ours.owner.ctx, { userId })).rejects.toThrow("not_found");
  expect(await listMembers(theirs.owner.ctx)).toMatchObject([{}, {}, { status: "active" }]);
});

test("agents and managers change nobody", async () => {
  const { tenant, agent } = await team();
  const manager = await signedInAs(await createMember(tenant, "manager"));
  const { members } = await ask(manager, tenant.slug);
  await expect(members.list()).resolves.toHaveLength(4);
  await expect(members.changeRole({ userId: agent.userId, role: "admin" })).rejects.toThrow("forbidden");
  await expect(members.deactivate({ userId: agent.userId })).rejects.toThrow("forbidden");
  await expect(members.reactivate({ userId: agent.userId })).rejects.toThrow("forbidden");
  await expect(members.issueResetLink({ userId: agent.userId })).rejects.toThrow("forbidden");
});

test("an owner's reset link sets a member's password; an admin cannot make one", async () => {
  const { tenant, owner, admin, agent } = await team();
  const byAdmin = await signedInAs(admin);
  const refused = (await ask(byAdmin, tenant.slug)).members.issueResetLink({ userId: agent.userId });
  await expect(refused).rejects.toThrow("forbidden");

  const { token } = await issueResetLink(owner.ctx, { userId: agent.userId });
  const browser = new TestBrowser();
  await (await ask(browser)).auth.resetPassword({ token, password: "tout nouveau, tout long" });
  await (await ask(browser)).auth.signIn({ email: agent.email, password: "tout nouveau, tout long" });
  expect(await actionsOf(tenant)).toEqual(["member.issue_reset_link", "password.reset", "session.start"]);
});

test("an owner cannot take over the account of someone who works elsewhere", async () => {
  const [ours, theirs] = [await team(), await team()];
  const { userId, email } = theirs.owner;
  await givePassword(theirs.owner, "le mot de passe d’ailleurs");
  await createMember(ours.tenant, "agent", { userId, email });
  await expect(issueResetLink(ours.owner.ctx, { userId })).rejects.toThrow("works_elsewhere");
  await createMember(theirs.tenant, "owner", { userId: ours.owner.userId, email: ours.owner.email });
  await expect(issueResetLink(ours.owner.ctx, { userId })).resolves.toMatchObject({ token: expect.any(String) });
});
