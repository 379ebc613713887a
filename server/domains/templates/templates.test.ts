import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createChannel, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { messageTemplates } from "#db/schema/templates.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { fixedClock } from "#server/core/clock.ts";
import { openVendors } from "#server/domains/conversations/outbox-test.ts";
import type { ProviderTemplate } from "#server/providers/contract.ts";
import { enableTemplate } from "./enable-template.ts";
import { sweepTemplatesJob, syncTemplates, syncTemplatesJob } from "./jobs.ts";
import { listTemplates } from "./list-templates.ts";
import { noteTemplates } from "./note-templates.ts";
import { previewTemplate } from "./preview-template.ts";
import { storeTemplates } from "./store-templates.ts";
import { takeTemplate } from "./take-template.ts";

await testDatabase();
const { whatsapp } = await openVendors();

/** A connected channel whose stand-in has its templates. */
async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { simulated: true });
  whatsapp.addAccount(channel.credentials);
  const member = await createMember(tenant, "admin");
  const rows = () =>
    withTenant(tenant, (tx) =>
      tx
        .select()
        .from(messageTemplates)
        .where(eq(messageTemplates.channelId, channel.channelId))
        .orderBy(messageTemplates.name),
    );
  const named = async (name: string) => {
    const row = (await rows()).find((one) => one.name === name);
    if (!row) throw new Error(`no template ${name}`);
    return row;
  };
  return { tenant, channel, channelId: channel.channelId, member, ctx: member.ctx, rows, named };
}

function provided(name: string, change: Partial<ProviderTemplate> = {}): ProviderTemplate {
  return {
    externalId: "1",
    name,
    language: "fr",
    category: "utility",
    status: "approved",
    quality: null,
    statusReason: null,
    header: null,
    body: `Bonjour, ${name}`,
    footer: null,
    buttons: [],
    variables: [],
    definition: {},
    ...change,
  };
}

describe("reading templates", () => {
  it("reads every page of the provider's list, rejected and pending ones with their reason", async () => {
    const { ctx, channelId, rows } = await shop();
    expect(await syncTemplates(ctx, { channelId })).toEqual({ count: 6 });
    expect(
      (await rows()).map(({ name, language, status, statusReason }) => [name, language, status, statusReason]),
    ).toEqual([
      ["appointment_confirmed", "en", "approved", null],
      ["commande_prete", "fr", "approved", null],
      ["enquete_satisfaction", "fr", "pending", null],
      ["offre_hiver", "fr", "rejected", "INVALID_FORMAT"],
      ["rendez_vous_confirme", "fr", "approved", null],
      ["reprendre_contact", "fr", "approved", null],
    ]);
  });

  it("says what a template leaves open: in its text, its heading and its buttons", async () => {
    const { ctx, channelId, named } = await shop();
    await syncTemplates(ctx, { channelId });
    expect((await named("commande_prete")).variables).toEqual([
      { name: "1", example: "A-1042" },
      { name: "button.0", example: null },
    ]);
    expect((await named("reprendre_contact")).variables).toEqual([{ name: "first_name", example: "Camille" }]);
  });

  it("follows what changed, lets go of what is gone, and leaves off what the admin switched off", async () => {
    const { ctx, channelId, rows, named } = await shop();
    await storeTemplates(ctx, { channelId, templates: [provided("une"), provided("deux"), provided("trois")] });
    const before = await named("une");
    await enableTemplate(ctx, { templateId: before.id, enabled: false });
    await storeTemplates(ctx, {
      channelId,
      templates: [provided("une", { body: "Bonsoir" }), provided("trois"), provided("trois")],
    });
    expect((await rows()).map(({ name }) => name)).toEqual(["trois", "une"]);
    expect(await named("une")).toMatchObject({ id: before.id, body: "Bonsoir", enabled: false });
  });

  it("asks as much of the database for three hundred templates as for one", async () => {
    const { ctx, channelId } = await shop();
    const many = Array.from({ length: 300 }, (_, at) => provided(`modele_${at}`));
    const one = await statementsOf(() => storeTemplates(ctx, { channelId, templates: many.slice(0, 1) }));
    const all = await statementsOf(() => storeTemplates(ctx, { channelId, templates: many }));
    expect(all).toHaveLength(one.length);
  });

  it("keeps what it knows when the provider refuses", async () => {
    const { ctx, channel, channelId, rows } = await shop();
    await syncTemplates(ctx, { channelId });
    whatsapp.removeAccount(channel.credentials.phone_number_id ?? "");
    await expect(syncTemplates(ctx, { channelId })).rejects.toMatchObject({ reason: "templates_refused" });
    expect(await rows()).toHaveLength(6);
  });

  it("happens by itself for a channel that is new or due, once however many workers look", async () => {
    const { channelId, tenant, rows } = await shop();
    const run = { clock: fixedClock(new Date()), signal: new AbortController().signal };
    await Promise.all([sweepTemplatesJob.run(run), sweepTemplatesJob.run(run)]);
    const jobs =
      await appPool()`select data from pgboss.job where name = 'templates.sync' and data->>'channelId' = ${channelId}`;
    expect(jobs).toHaveLength(1);
    await syncTemplatesJob.run({ tenantId: tenant.tenantId, channelId }, run);
    expect(await rows()).toHaveLength(6);
    const [channel] = await withTenant(tenant, (tx) =>
      tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channelId)),
    );
    expect(Number(channel?.templatesDueAt)).toBeGreaterThan(run.clock.now().getTime() + 3_600_000);
  });
});

describe("what the provider says of templates", () => {
  const news = (
    channelId: string,
    template: Partial<Parameters<typeof noteTemplates>[1][number]["template"]>,
    second = 0,
  ) => ({
    channelId,
    occurredAt: new Date(Date.UTC(2026, 10, 21, 9, 0, second)),
    template: { name: "une", language: "fr", status: null, quality: null, reason: null, ...template },
  });

  it("reaches every channel of the account, in whatever order, and has the list read again", async () => {
    const { tenant, channel, channelId, ctx, named } = await shop();
    const { business_account_id: account = "" } = channel.credentials;
    const second = await createChannel(tenant, {
      credentials: { business_account_id: account },
      routingKeys: [`whatsapp:number:${crypto.randomUUID()}`],
    });
    const other = await createChannel(tenant);
    for (const one of [channelId, second.channelId, other.channelId]) {
      await storeTemplates(ctx, { channelId: one, templates: [provided("une")] });
    }
    await noteTemplates(systemCtx(tenant), [
      news(channelId, { status: "rejected", reason: "Deux variables se suivent." }, 2),
      news(channelId, { status: "approved" }, 1),
      news(channelId, { quality: "yellow" }, 0),
    ]);
    const told = { status: "rejected", statusReason: "Deux variables se suivent.", quality: "yellow" };
    expect(await named("une")).toMatchObject(told);
    const states = await withTenant(tenant, (tx) =>
      tx.select({ channel: messageTemplates.channelId, status: messageTemplates.status }).from(messageTemplates),
    );
    expect(new Map(states.map(({ channel: id, status }) => [id, status]))).toEqual(
      new Map([
        [channelId, "rejected"],
        [second.channelId, "rejected"],
        [other.channelId, "approved"],
      ]),
    );
    const due = await withTenant(tenant, (tx) =>
      tx.select({ id: channelConfigurations.id, at: channelConfigurations.templatesDueAt }).from(channelConfigurations),
    );
    expect(
      due
        .filter(({ at }) => at === null)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([channelId, second.channelId].toSorted());
  });

  it("keeps the sentence of an event when the list repeats its one word", async () => {
    const { tenant, channelId, ctx, named } = await shop();
    await storeTemplates(ctx, { channelId, templates: [provided("une")] });
    await noteTemplates(systemCtx(tenant), [
      news(channelId, { status: "rejected", reason: "Deux variables se suivent." }),
    ]);
    await storeTemplates(ctx, {
      channelId,
      templates: [provided("une", { status: "rejected", statusReason: "INVALID_FORMAT" })],
    });
    expect((await named("une")).statusReason).toBe("Deux variables se suivent.");
    await storeTemplates(ctx, { channelId, templates: [provided("une")] });
    expect((await named("une")).statusReason).toBeNull();
  });

  it("touches nobody else's", async () => {
    const [a, b] = [await shop(), await shop()];
    await storeTemplates(b.ctx, { channelId: b.channelId, templates: [provided("une")] });
    await noteTemplates(systemCtx(a.tenant), [news(b.channelId, { status: "disabled" })]);
    expect((await b.named("une")).status).toBe("approved");
  });
});

describe("templates in use", () => {
  it("are listed page by page, and for agents only those that can be sent", async () => {
    const { ctx, channelId, named } = await shop();
    await syncTemplates(ctx, { channelId });
    await enableTemplate(ctx, { templateId: (await named("commande_prete")).id, enabled: false });
    const usable = await listTemplates(ctx, { channelId, usable: true });
    expect(usable.templates.map(({ name }) => name)).toEqual([
      "appointment_confirmed",
      "rendez_vous_confirme",
      "reprendre_contact",
    ]);
    const first = await listTemplates(ctx, { channelId, limit: 4 });
    const rest = await listTemplates(ctx, { channelId, limit: 4, cursor: first.nextCursor });
    expect([...first.templates, ...rest.templates].map(({ name }) => name)).toHaveLength(6);
    expect(new Set([...first.templates, ...rest.templates].map(({ id }) => id)).size).toBe(6);
    expect(rest.nextCursor).toBeNull();
    expect((await listTemplates(ctx, { channelId, query: "rendez-vous" })).templates.map(({ name }) => name)).toEqual([
      "rendez_vous_confirme",
    ]);
  });

  it("read as the customer will, and need every value", async () => {
    const { ctx, channelId, named } = await shop();
    await syncTemplates(ctx, { channelId });
    const template = await named("reprendre_contact");
    expect(await previewTemplate(ctx, { templateId: template.id })).toMatchObject({ missing: ["first_name"] });
    expect(await previewTemplate(ctx, { templateId: template.id, variables: { first_name: " Jo\nsé " } })).toEqual({
      text: "Votre demande\n\nBonjour Jo sé, nous avons une réponse à votre demande. Répondez à ce message pour la recevoir.\n\nRépondez STOP pour ne plus recevoir de messages",
      missing: [],
    });
    const take = (variables: Record<string, string>, templateId = template.id) =>
      takeTemplate(ctx, { templateId, channelId, variables });
    await expect(take({ first_name: "  " })).rejects.toMatchObject({
      code: "invalid",
      fields: { first_name: "required" },
    });
    await expect(take({}, (await named("offre_hiver")).id)).rejects.toMatchObject({ reason: "template_not_approved" });
    await enableTemplate(ctx, { templateId: template.id, enabled: false });
    await expect(take({ first_name: "José" })).rejects.toMatchObject({ reason: "template_off" });
  });

  it("are switched by an admin, who is named, and by nobody of another business", async () => {
    const { ctx, member, channelId, tenant, named } = await shop();
    await storeTemplates(ctx, { channelId, templates: [provided("une")] });
    const { id } = await named("une");
    const stranger = await createMember(await createTenant(), "owner");
    await expect(enableTemplate(stranger.ctx, { templateId: id, enabled: false })).rejects.toMatchObject({
      code: "not_found",
    });
    await enableTemplate(ctx, { templateId: id, enabled: false });
    const entries = await withTenant(tenant, (tx) => tx.select().from(auditLog).where(eq(auditLog.entityId, id)));
    expect(entries).toMatchObject([{ action: "template.disable", actorId: member.userId }]);
  });

  it("of another channel are not sent through this one", async () => {
    const { ctx, tenant, channelId, named } = await shop();
    await storeTemplates(ctx, { channelId, templates: [provided("une")] });
    const other = await createChannel(tenant);
    const taken = takeTemplate(ctx, { templateId: (await named("une")).id, channelId: other.channelId, variables: {} });
    await expect(taken).rejects.toMatchObject({ code: "not_found" });
  });
});
