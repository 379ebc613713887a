import { describe, expect, test } from "vitest";
import { createChannel, createConversation, createMember, createTenant, createTicket } from "#db/factories.ts";
import { conversations } from "#db/schema/conversations.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn, signedInAs } from "#server/auth/testing.ts";
import { connect, holders } from "#server/domains/assignment/testing.ts";
import { systemClock } from "#server/core/clock.ts";
import { createCaller } from "#server/trpc/root.ts";
import { chooseSenders, readSenders } from "./choose-senders.ts";
import { createTeam } from "./create-team.ts";
import { countTeamWork, deleteTeam } from "./delete-team.ts";
import { listTeams } from "./list-teams.ts";
import { addTeamMember, removeTeamMember } from "./team-members.ts";
import { updateTeam } from "./update-team.ts";

const database = await testDatabase();
openSignIn(database);

async function shop() {
  const tenant = await createTenant();
  const admin = await createMember(tenant, "admin", { name: "Camille" });
  const [nadia, theo] = [
    await createMember(tenant, "agent", { name: "Nadia" }),
    await createMember(tenant, "agent", { name: "Théo" }),
  ];
  const audit = async () =>
    (await withTenant(tenant, (tx) => tx.select().from(auditLog).orderBy(auditLog.id))).map(({ action }) => action);
  return { tenant, admin, nadia, theo, audit };
}

describe("a team", () => {
  test("is made, described, filled and emptied, and each change is written down", async () => {
    const { admin, nadia, theo, audit } = await shop();
    const { teamId } = await createTeam(admin.ctx, { name: " Réparations ", description: "Diagnostic" });
    await updateTeam(admin.ctx, { teamId, name: "Atelier", assignment: "least_loaded" });
    await updateTeam(admin.ctx, { teamId, name: "Atelier" });
    for (const { userId } of [theo, nadia, nadia]) await addTeamMember(admin.ctx, { teamId, userId });
    expect(await listTeams(nadia.ctx)).toEqual([
      {
        id: teamId,
        name: "Atelier",
        description: "Diagnostic",
        assignment: "least_loaded",
        givesOffline: false,
        memberIds: [nadia.userId, theo.userId],
      },
    ]);
    await removeTeamMember(admin.ctx, { teamId, userId: nadia.userId });
    await removeTeamMember(admin.ctx, { teamId, userId: nadia.userId });
    expect((await listTeams(nadia.ctx))[0]?.memberIds).toEqual([theo.userId]);
    expect(await audit()).toEqual([
      "team.create",
      "team.update",
      "team.add_member",
      "team.add_member",
      "team.remove_member",
    ]);
  });

  test("has a name of its own", async () => {
    const { admin } = await shop();
    await createTeam(admin.ctx, { name: "Atelier" });
    const second = await createTeam(admin.ctx, { name: "Accueil" });
    await expect(createTeam(admin.ctx, { name: "Atelier" })).rejects.toMatchObject({ fields: { name: "name_taken" } });
    await expect(updateTeam(admin.ctx, { ...second, name: "Atelier" })).rejects.toMatchObject({
      fields: { name: "name_taken" },
    });
    await expect(createTeam(admin.ctx, { name: "  " })).rejects.toThrow("required");
  });

  test("that ends is said in numbers before, and leaves its work where it is, without it", async () => {
    const { tenant, admin, nadia, audit } = await shop();
    const { teamId } = await createTeam(admin.ctx, { name: "Atelier" });
    await addTeamMember(admin.ctx, { teamId, userId: nadia.userId });
    const channel = await createChannel(tenant, { defaultTeamId: teamId, assignment: "round_robin" });
    await createConversation(tenant, { channel, teamId, assigneeId: nadia.userId });
    await createConversation(tenant, { channel, teamId, status: "resolved" });
    await createTicket(tenant, { teamId });
    expect(await countTeamWork(admin.ctx, { teamId })).toEqual({
      members: 1,
      channels: 1,
      openConversations: 1,
      conversations: 2,
      openTickets: 1,
      tickets: 1,
    });
    await deleteTeam(admin.ctx, { teamId });
    expect(await listTeams(admin.ctx)).toEqual([]);
    const left = await withTenant(tenant, (tx) => tx.select().from(conversations));
    expect(left.map((row) => row.teamId)).toEqual([null, null]);
    expect(left.filter((row) => row.assigneeId === nadia.userId)).toHaveLength(1);
    expect((await audit()).at(-1)).toBe("team.delete");
  });

  test("gives what waits to somebody who joins it", async () => {
    const { tenant, admin, nadia } = await shop();
    const { teamId } = await createTeam(admin.ctx, { name: "Atelier" });
    await updateTeam(admin.ctx, { teamId, assignment: "round_robin" });
    await createConversation(tenant, { teamId, seekingSince: new Date() });
    await connect(tenant, [nadia], systemClock);
    await addTeamMember(admin.ctx, { teamId, userId: nadia.userId });
    expect(await holders(tenant)).toMatchObject([{ assigneeId: nadia.userId, seeking: false }]);
  });

  test("belongs to one business, and so do its members", async () => {
    const [one, other] = [await shop(), await shop()];
    const { teamId } = await createTeam(one.admin.ctx, { name: "Atelier" });
    const stranger = { teamId, userId: other.nadia.userId };
    for (const attempt of [
      () => updateTeam(other.admin.ctx, { teamId, name: "À nous" }),
      () => countTeamWork(other.admin.ctx, { teamId }),
      () => deleteTeam(other.admin.ctx, { teamId }),
      () => addTeamMember(other.admin.ctx, stranger),
      () => addTeamMember(one.admin.ctx, stranger),
      () => removeTeamMember(other.admin.ctx, { teamId, userId: one.nadia.userId }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await listTeams(other.admin.ctx)).toEqual([]);
    expect(await listTeams(one.admin.ctx)).toMatchObject([{ name: "Atelier", memberIds: [] }]);
  });
});

test("managing teams is for admins; seeing them is for everybody", async () => {
  const { tenant, nadia } = await shop();
  const manager = await createMember(tenant, "manager");
  for (const member of [nadia, manager]) {
    const { teams } = createCaller(await (await signedInAs(member)).request(tenant.slug));
    expect(await teams.list()).toEqual([]);
    await expect(teams.create({ name: "Atelier" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(teams.chooseSenders({ onlyAssignee: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});

test("who may write to a customer is the business's choice, and written down when it changes", async () => {
  const { admin, nadia, audit } = await shop();
  const other = await shop();
  expect(await readSenders(nadia.ctx)).toEqual({ onlyAssignee: false });
  await chooseSenders(admin.ctx, { onlyAssignee: true });
  await chooseSenders(admin.ctx, { onlyAssignee: true });
  expect(await readSenders(nadia.ctx)).toEqual({ onlyAssignee: true });
  expect(await readSenders(other.nadia.ctx)).toEqual({ onlyAssignee: false });
  expect(await audit()).toEqual(["tenant.senders"]);
});
