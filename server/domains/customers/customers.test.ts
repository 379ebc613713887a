import { and, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import * as make from "#db/factories.ts";
import { customerActivities, customerNotes, customers } from "#db/schema/customers.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { createCustomer } from "./create-customer.ts";
import { addCustomerNote, deleteCustomerNote, editCustomerNote } from "./customer-notes.ts";
import { addCustomerTag, listTags, removeCustomerTag } from "./customer-tags.ts";
import { getCustomer } from "./get-customer.ts";
import { addIdentity, holderOf, makeIdentityPrimary, removeIdentity } from "./identities.ts";
import { listActivities } from "./list-activities.ts";
import { listCustomers } from "./list-customers.ts";
import { logInteraction } from "./log-interaction.ts";
import { setPreferences } from "./set-preferences.ts";
import { updateCustomer } from "./update-customer.ts";

await testDatabase();
const clock = fixedClock("2026-11-21T09:00:00Z");
const tenant = await make.createTenant();
const { ctx, userId } = await make.createMember(tenant, "agent", { name: "Nadia", clock });
const elsewhere = await make.createTenant();
const stranger = await make.createMember(elsewhere, "owner", { clock });

const audited = async (customerId: string) => {
  const rows = await withTenant(tenant, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.entityType, "customer"), eq(auditLog.entityId, customerId)))
      .orderBy(auditLog.id),
  );
  return rows.map((row) => row.action);
};
const read = (customerId: string) => make.readCustomer({ ...tenant, customerId });

it("writes down somebody new, phone and email in canonical form", async () => {
  const { customerId } = await createCustomer(ctx, {
    displayName: "Sophie Martin",
    phone: "06 39 98 40 01",
    email: " Sophie.Martin@Example.com ",
  });
  expect(await read(customerId)).toMatchObject({
    displayName: "Sophie Martin",
    firstName: "Sophie",
    lastName: "Martin",
    phone: "+33639984001",
    email: "sophie.martin@example.com",
    segment: "prospect",
    source: "manual",
    country: "FR",
  });
  expect(await audited(customerId)).toEqual(["customer.create"]);
});

it("refuses what cannot be reached beside its field, and leaves nothing behind", async () => {
  const count = () => withTenant(tenant, (tx) => tx.$count(customers));
  const before = await count();
  await expect(createCustomer(ctx, { displayName: "X", phone: "12" })).rejects.toMatchObject({
    fields: { phone: "invalid_phone" },
  });
  await expect(createCustomer(ctx, { displayName: "X", email: "nobody" })).rejects.toMatchObject({
    fields: { email: "invalid_email" },
  });
  const { phone, name, customerId } = await make.createCustomer(tenant, { email: "ines@example.com" });
  await expect(createCustomer(ctx, { displayName: "X", phone: `0${phone.slice(3)}` })).rejects.toMatchObject({
    fields: { phone: "identity_taken" },
  });
  await expect(createCustomer(ctx, { displayName: "X", email: "INES@example.com" })).rejects.toMatchObject({
    fields: { email: "identity_taken" },
  });
  expect(await holderOf(ctx, { kind: "phone", value: `0033 ${phone.slice(3)}` })).toEqual({ id: customerId, name });
  expect(await holderOf(ctx, { kind: "email", value: "free@example.com" })).toBeNull();
  expect(await count()).toBe(before + 1);
});

it("lets one of two who take the same phone at once through", async () => {
  const both = await Promise.allSettled(
    ["A", "B"].map((displayName) => createCustomer(ctx, { displayName, phone: "+33639984777" })),
  );
  expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("adds, prefers and takes away identities; phone and email follow", async () => {
  const { customerId, phone } = await make.createCustomer(tenant);
  await addIdentity(ctx, { customerId, kind: "phone", value: "06 39 98 40 22" });
  await addIdentity(ctx, { customerId, kind: "email", value: "k@example.com" });
  await addIdentity(ctx, { customerId, kind: "handle", value: "@Karim.B" });
  expect(await read(customerId)).toMatchObject({ phone, email: "k@example.com" });
  const { identities } = await getCustomer(ctx, { customerId });
  expect(identities.map(({ kind, value, isPrimary }) => [kind, value, isPrimary])).toEqual([
    ["email", "k@example.com", true],
    ["handle", "karim.b", true],
    ["phone", phone, true],
    ["phone", "+33639984022", false],
  ]);
  const second = identities.find((identity) => identity.value === "+33639984022");
  await makeIdentityPrimary(ctx, { customerId, identityId: second?.id ?? "" });
  expect((await read(customerId)).phone).toBe("+33639984022");
  await removeIdentity(ctx, { customerId, identityId: second?.id ?? "" });
  expect((await read(customerId)).phone).toBe(phone);
  await expect(addIdentity(ctx, { customerId, kind: "phone", value: phone })).rejects.toMatchObject({
    fields: { value: "identity_known" },
  });
  expect(await audited(customerId)).toEqual([
    ...Array(3).fill("customer.add_identity"),
    "customer.primary_identity",
    "customer.remove_identity",
  ]);
});

it("changes fields, clears with null, and writes before and after once", async () => {
  const { customerId } = await make.createCustomer(tenant, { city: "Lyon" });
  await updateCustomer(ctx, { customerId, displayName: "Atelier Vega", segment: "vip", city: "" });
  await updateCustomer(ctx, { customerId, displayName: "Atelier Vega", segment: "vip" });
  expect(await read(customerId)).toMatchObject({ displayName: "Atelier Vega", segment: "vip", city: null });
  expect(await audited(customerId)).toEqual(["customer.update"]);
});

it("keeps notes with their author, and the timeline with the notes", async () => {
  const { customerId } = await make.createCustomer(tenant);
  const { noteId } = await addCustomerNote(ctx, { customerId, content: "Préfère le matin" });
  await editCustomerNote(ctx, { customerId, noteId, content: "Préfère l’après-midi" });
  expect((await getCustomer(ctx, { customerId })).notes).toMatchObject([
    { content: "Préfère l’après-midi", author: "Nadia" },
  ]);
  expect((await listActivities(ctx, { customerId })).rows).toMatchObject([
    { type: "note", description: "Préfère l’après-midi", by: "Nadia" },
  ]);
  await deleteCustomerNote(ctx, { customerId, noteId });
  expect((await listActivities(ctx, { customerId })).rows).toEqual([]);
  expect(await audited(customerId)).toEqual(["customer.add_note", "customer.edit_note", "customer.delete_note"]);
});

it("tags once whatever the case, lists tags in use, and untags", async () => {
  const { customerId } = await make.createCustomer(tenant);
  await addCustomerTag(ctx, { customerId, tag: "Pro" });
  await addCustomerTag(ctx, { customerId, tag: " pro " });
  await addCustomerTag(ctx, { customerId, tag: "atelier" });
  expect((await getCustomer(ctx, { customerId })).tags).toEqual(["atelier", "pro"]);
  expect(await listTags(ctx)).toEqual(["atelier", "pro"]);
  expect((await listCustomers(ctx, { tag: "PRO" })).rows.map((row) => [row.id, row.tags])).toEqual([
    [customerId, ["atelier", "pro"]],
  ]);
  await removeCustomerTag(ctx, { customerId, tag: "pro" });
  expect(await listTags(ctx)).toEqual(["atelier"]);
  expect(await audited(customerId)).toEqual(["customer.add_tag", "customer.add_tag", "customer.remove_tag"]);
});

it("adds orders up to what a recount says", async () => {
  const { customerId } = await make.createCustomer(tenant, { openingOrders: 2, openingRevenueCents: 5_000 });
  for (const amountCents of [8_900, 0, 12_050]) await logInteraction(ctx, { customerId, type: "order", amountCents });
  await logInteraction(ctx, {
    customerId,
    type: "visit",
    description: "Passée à l’atelier",
    occurredAt: new Date("2026-11-20T10:00:00Z"),
  });
  await expect(logInteraction(ctx, { customerId, type: "order" })).rejects.toThrow("required");
  const rows = await withTenant(tenant, (tx) =>
    tx.select().from(customerActivities).where(eq(customerActivities.customerId, customerId)),
  );
  const orders = rows.filter((row) => row.type === "order");
  expect(await read(customerId)).toMatchObject({
    totalOrders: 2 + orders.length,
    totalRevenueCents: 5_000 + orders.reduce((sum, order) => sum + (order.amountCents ?? 0), 0),
    lastOrderAt: clock.now(),
    lastContactAt: new Date("2026-11-20T10:00:00Z"),
  });
});

it("remembers since when marketing is agreed to", async () => {
  const { customerId } = await make.createCustomer(tenant);
  const yes = {
    customerId,
    emailEnabled: true,
    smsEnabled: false,
    whatsappEnabled: true,
    phoneEnabled: true,
    instagramEnabled: true,
    marketingConsent: true,
  };
  expect((await getCustomer(ctx, { customerId })).preferences).toMatchObject({
    smsEnabled: true,
    marketingConsent: false,
  });
  await setPreferences(ctx, yes);
  const since = clock.now();
  clock.advance(1_000);
  await setPreferences(ctx, { ...yes, smsEnabled: true });
  expect((await getCustomer(ctx, { customerId })).preferences).toMatchObject({
    smsEnabled: true,
    marketingConsentAt: since,
  });
  await setPreferences(ctx, { ...yes, marketingConsent: false });
  expect((await getCustomer(ctx, { customerId })).preferences.marketingConsentAt).toBeNull();
});

it("pages the timeline by type without loss", async () => {
  const { customerId } = await make.createCustomer(tenant);
  for (let n = 0; n < 70; n += 1) {
    await logInteraction(ctx, {
      customerId,
      type: n % 2 ? "call" : "visit",
      description: String(n),
      occurredAt: new Date(clock.now().getTime() - Math.floor(n / 3) * 60_000),
    });
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listActivities(ctx, { customerId, types: ["call"], ...(after ? { after } : {}) });
    seen.push(...page.rows.map((row) => row.description));
    after = page.next ?? undefined;
  } while (after);
  expect(seen.toSorted()).toEqual(Array.from({ length: 35 }, (_, n) => String(2 * n + 1)).toSorted());
});

it("asks seven times in one go for the page, and twice for its timeline", async () => {
  const { customerId } = await make.createCustomer(tenant);
  expect(await statementsOf(() => getCustomer(ctx, { customerId }))).toHaveLength(7);
  expect(await statementsOf(() => listActivities(ctx, { customerId }))).toHaveLength(2);
});

it("shows and gives another tenant nothing", async () => {
  const { customerId, phone } = await make.createCustomer(tenant, {
    displayName: "Inès Durand",
    email: "id@example.com",
  });
  const { noteId } = await addCustomerNote(ctx, { customerId, content: "secret" });
  const { identities } = await getCustomer(ctx, { customerId });
  const identityId = identities[0]?.id ?? "";
  const before = await read(customerId);
  const them = stranger.ctx;
  const refused = [
    getCustomer(them, { customerId }),
    listActivities(them, { customerId }),
    updateCustomer(them, { customerId, displayName: "x" }),
    addIdentity(them, { customerId, kind: "handle", value: "x" }),
    makeIdentityPrimary(them, { customerId, identityId }),
    removeIdentity(them, { customerId, identityId }),
    addCustomerNote(them, { customerId, content: "x" }),
    editCustomerNote(them, { customerId, noteId, content: "x" }),
    deleteCustomerNote(them, { customerId, noteId }),
    addCustomerTag(them, { customerId, tag: "x" }),
    removeCustomerTag(them, { customerId, tag: "x" }),
    logInteraction(them, { customerId, type: "call" }),
    setPreferences(them, {
      customerId,
      emailEnabled: false,
      smsEnabled: false,
      whatsappEnabled: false,
      phoneEnabled: false,
      instagramEnabled: false,
      marketingConsent: true,
    }),
    getCustomer(ctx, { customerId: newId() }),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  expect(await holderOf(them, { kind: "phone", value: phone })).toBeNull();
  expect((await listCustomers(them, { search: "Durand" })).rows).toEqual([]);
  expect((await listCustomers(them, {})).rows).toEqual([]);
  expect(await listTags(them)).toEqual([]);
  // The same number is free there: uniqueness ends at the tenant.
  await createCustomer(them, { displayName: "Autre", phone });
  expect(await read(customerId)).toEqual(before);
  expect(
    await withTenant(tenant, (tx) => tx.select().from(customerNotes).where(eq(customerNotes.id, noteId))),
  ).toMatchObject([{ content: "secret", authorId: userId }]);
});
