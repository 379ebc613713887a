import { describe, expect, it } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { listViews } from "./list-views.ts";
import { removeView, renameView, saveView, shareView, updateView } from "./save-view.ts";

await testDatabase();
const area = "webhook_logs" as const;

async function shop() {
  const tenant = await createTenant();
  const [admin, manager, agent] = [
    await createMember(tenant, "admin", { name: "Camille" }),
    await createMember(tenant, "manager", { name: "Nadia" }),
    await createMember(tenant, "agent"),
  ];
  const audit = async () =>
    (await withTenant(tenant, (tx) => tx.select().from(auditLog).orderBy(auditLog.id))).map((row) => row.action);
  return { tenant, admin, manager, agent, audit };
}
const names = async (ctx: Parameters<typeof listViews>[0]) => (await listViews(ctx, { area })).map(({ name }) => name);

describe("a saved view", () => {
  it("is its owner's alone, renamed, brought up to date and removed, without a trace", async () => {
    const { admin, manager, audit } = await shop();
    const { viewId } = await saveView(admin.ctx, {
      area,
      name: " Refusés ",
      query: { status: "rejected", period: "7d" },
    });
    await renameView(admin.ctx, { viewId, name: "Refusés de la semaine" });
    await updateView(admin.ctx, { viewId, query: { status: "rejected,failed", period: "7d" } });
    expect(await listViews(admin.ctx, { area })).toEqual([
      {
        id: viewId,
        name: "Refusés de la semaine",
        query: { status: "rejected,failed", period: "7d" },
        outdated: false,
        shared: false,
        mine: true,
        changeable: true,
        ownerName: "Camille",
      },
    ]);
    expect(await listViews(manager.ctx, { area })).toEqual([]);
    for (const attempt of [
      () => renameView(manager.ctx, { viewId, name: "x" }),
      () => updateView(manager.ctx, { viewId, query: {} }),
      () => shareView(manager.ctx, { viewId, shared: true }),
      () => removeView(manager.ctx, { viewId }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    await removeView(admin.ctx, { viewId });
    expect(await names(admin.ctx)).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it("that is shared is everybody's who sees the list, and each change of it is written down", async () => {
    const { admin, manager, agent, audit } = await shop();
    const { viewId } = await saveView(admin.ctx, { area, name: "Lents", query: { slow: "1" } });
    await shareView(admin.ctx, { viewId, shared: true });
    expect(await listViews(manager.ctx, { area })).toMatchObject([
      { name: "Lents", mine: false, changeable: true, ownerName: "Camille" },
    ]);
    await renameView(manager.ctx, { viewId, name: "Plus d’une seconde" });
    await updateView(manager.ctx, { viewId, query: { slow: "1", type: "message" } });
    await shareView(manager.ctx, { viewId, shared: false });
    expect(await names(manager.ctx)).toEqual([]);
    expect(await names(admin.ctx)).toEqual(["Plus d’une seconde"]);
    await shareView(admin.ctx, { viewId, shared: true });
    await removeView(manager.ctx, { viewId });
    expect(await audit()).toEqual([
      "view.share",
      "view.rename",
      "view.update",
      "view.unshare",
      "view.share",
      "view.remove",
    ]);
    await expect(listViews(agent.ctx, { area })).rejects.toMatchObject({ code: "forbidden" });
    await expect(saveView(agent.ctx, { area, name: "x", query: {} })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("has a name of its own, and there are fifty at most", async () => {
    const { admin, manager } = await shop();
    await saveView(admin.ctx, { area, name: "Refusés", query: {} });
    await expect(saveView(admin.ctx, { area, name: "Refusés", query: {} })).rejects.toMatchObject({
      fields: { name: "name_taken" },
    });
    await saveView(manager.ctx, { area, name: "Refusés", query: {} });
    const second = await saveView(admin.ctx, { area, name: "Lents", query: {} });
    await expect(renameView(admin.ctx, { ...second, name: "Refusés" })).rejects.toMatchObject({ reason: "name_taken" });
    await renameView(admin.ctx, { ...second, name: "Lents" });
    for (let count = 2; count < 50; count++) await saveView(admin.ctx, { area, name: `Vue ${count}`, query: {} });
    await expect(saveView(admin.ctx, { area, name: "Une de trop", query: {} })).rejects.toMatchObject({
      reason: "too_many_views",
    });
  });

  it.each<Record<string, string>>([
    { status: "odd" },
    { page: "2" },
    { channel: "x" },
    { slow: "yes" },
    { after: newId() },
  ])("keeps only what the list understands, not %o", async (query) => {
    const { admin } = await shop();
    await expect(saveView(admin.ctx, { area, name: "x", query })).rejects.toMatchObject({
      fields: { query: "invalid" },
    });
  });

  it("that the list does not understand any more is said to be so", async () => {
    const { tenant, admin } = await shop();
    const row = { tenantId: tenant.tenantId, id: newId(), ownerId: admin.userId, area, name: "Ancienne" };
    await withTenant(tenant, (tx) => tx.insert(savedViews).values({ ...row, query: { status: "gone" } }));
    expect(await listViews(admin.ctx, { area })).toMatchObject([{ name: "Ancienne", outdated: true, query: {} }]);
  });

  it.each([
    ["calls", { only: "missed", days: "7" }, { status: "lost" }],
    ["prospects", { due: "week", score: "50" }, { score: "51" }],
    ["appointments", { period: "past", status: "no_show,cancelled" }, { from: "soon" }],
    ["customers", { segment: "vip", sort: "revenue" }, { segment: "gone" }],
  ] as const)(
    "of %s is an agent's own or shared by a manager, says when it is outdated, and is one tenant's",
    async (list, query, odd) => {
      const [{ tenant, manager, agent, audit }, other] = [await shop(), await shop()];
      const own = await saveView(agent.ctx, { area: list, name: "À moi", query });
      const everybodys = { area: list, name: "À tous", query, shared: true };
      await expect(saveView(agent.ctx, everybodys)).rejects.toMatchObject({ code: "forbidden" });
      await expect(shareView(agent.ctx, { ...own, shared: true })).rejects.toMatchObject({ code: "forbidden" });
      const shared = await saveView(manager.ctx, everybodys);
      expect(await audit()).toEqual(["view.share"]);
      expect(await listViews(manager.ctx, { area: list })).toMatchObject([{ name: "À tous", mine: true }]);
      expect(await listViews(agent.ctx, { area: list })).toMatchObject([
        { name: "À moi", query, mine: true, changeable: true },
        { name: "À tous", query, mine: false, changeable: false },
      ]);
      await expect(removeView(agent.ctx, shared)).rejects.toMatchObject({ code: "forbidden" });
      await expect(updateView(agent.ctx, { ...own, query: { ...odd } })).rejects.toMatchObject({
        fields: { query: "invalid" },
      });
      const row = { tenantId: tenant.tenantId, id: newId(), ownerId: agent.userId, area: list, name: "Ancienne" };
      await withTenant(tenant, (tx) => tx.insert(savedViews).values({ ...row, query: { ...odd } }));
      const [, , outdated] = await listViews(agent.ctx, { area: list });
      expect(outdated).toMatchObject({ name: "Ancienne", outdated: true, query: {} });
      expect(await listViews(other.manager.ctx, { area: list })).toEqual([]);
      await expect(removeView(other.manager.ctx, shared)).rejects.toMatchObject({ code: "not_found" });
      const outsider = { ...agent.ctx, actor: { type: "job" as const, name: "x" } };
      await expect(listViews(outsider, { area: list })).rejects.toMatchObject({ code: "forbidden" });
    },
  );

  it("belongs to one tenant", async () => {
    const [one, other] = [await shop(), await shop()];
    const { viewId } = await saveView(one.admin.ctx, { area, name: "Refusés", query: {}, shared: true });
    expect(await names(other.admin.ctx)).toEqual([]);
    await expect(removeView(other.admin.ctx, { viewId })).rejects.toMatchObject({ code: "not_found" });
  });
});
