import { describe, expect, test } from "vitest";
import { createCustomer, createTenant, readCustomer, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import type { PersonRef } from "#server/providers/contract.ts";
import { changeIdentities, recordConsents, resolveCustomers } from "./index.ts";
import { createChannel } from "#db/factories.ts";

await testDatabase();

const person = (name: string | null, ...identities: PersonRef["identities"]): PersonRef => ({ name, identities });
const phone = (value: string) => ({ kind: "phone" as const, value });
const waId = (value: string) => ({ kind: "whatsapp_id" as const, value });
const userId = (value: string) => ({ kind: "whatsapp_user_id" as const, value });
const at = new Date("2026-11-20T09:00:00Z");

async function resolve(tenant: { tenantId: string }, ...people: PersonRef[]) {
  const named = people.map((one, index) => ({
    key: String(index),
    person: one,
    channelType: "whatsapp" as const,
    occurredAt: at,
  }));
  const resolved = await resolveCustomers(systemCtx(tenant), named);
  return people.map((_, index) => resolved.get(String(index))!);
}

const all = <Row extends Record<string, unknown>>(tenant: { tenantId: string }, table: string) =>
  withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<Row[]>(`select * from ${table}`))]);

describe("an unknown person", () => {
  test("becomes a prospect of the channel with the tenant's language, a split name and three tags", async () => {
    const tenant = await createTenant({ locale: "en", timezone: "Europe/London", country: "GB", currency: "GBP" });
    const [made] = await resolve(tenant, person("Ada Byron King", phone("+447700900123"), waId("447700900123")));
    expect(made?.created).toBe(true);
    expect(await readCustomer({ ...tenant, customerId: made!.customerId })).toMatchObject({
      displayName: "Ada Byron King",
      firstName: "Ada",
      lastName: "Byron King",
      phone: "+447700900123",
      segment: "prospect",
      source: "whatsapp",
      preferredChannel: "whatsapp",
      language: "en",
      timezone: "Europe/London",
      country: "GB",
      currency: "GBP",
    });
  });

  test("without a name is called by their number, until somebody says it", async () => {
    const tenant = await createTenant();
    const [made] = await resolve(tenant, person(null, phone("+33639980010")));
    expect((await readCustomer({ ...tenant, customerId: made!.customerId })).displayName).toBe("+33639980010");
    await resolve(tenant, person("Lou Petit", phone("+33639980010")));
    await resolve(tenant, person("Somebody Else", phone("+33639980010")));
    expect(await readCustomer({ ...tenant, customerId: made!.customerId })).toMatchObject({
      displayName: "Lou Petit",
      lastName: "Petit",
    });
  });

  test("who comes fifty times at once is one customer", async () => {
    const tenant = await createTenant();
    const shapes = [
      person("Noé", phone("+33639980020"), waId("33639980020")),
      person("Noé", phone("+33639980020"), userId("FR.1")),
      person(null, waId("33639980020"), phone("+33639980020")),
    ];
    const made = await Promise.all(Array.from({ length: 50 }, (_, index) => resolve(tenant, shapes[index % 3]!)));
    expect(new Set(made.flat().map((one) => one.customerId)).size).toBe(1);
    expect(made.flat().filter((one) => one.created)).toHaveLength(1);
    expect(await all(tenant, "customers")).toHaveLength(1);
    expect(await all(tenant, "customer_identities")).toHaveLength(3);
  });

  test("is one customer where near-simultaneous batches hold many of them in different orders", async () => {
    const tenant = await createTenant();
    const people = Array.from({ length: 20 }, (_, index) =>
      person(`P ${index}`, phone(`+336399900${String(index).padStart(2, "0")}`)),
    );
    await Promise.all([
      resolve(tenant, ...people),
      resolve(tenant, ...people.toReversed()),
      resolve(tenant, ...people.slice(5)),
    ]);
    expect(await all(tenant, "customers")).toHaveLength(20);
  });
});

describe("a known person", () => {
  test("is found by every spelling of a line", async () => {
    const tenant = await createTenant({ country: "BR" });
    const known = await createCustomer(tenant, { phone: "+5511961234567" });
    const [found] = await resolve(tenant, person("Ana", phone("+551161234567"), waId("551161234567")));
    expect(found).toMatchObject({ customerId: known.customerId, created: false });
    const phones = (await all<{ kind: string }>(tenant, "customer_identities")).filter((row) => row.kind === "phone");
    expect(phones).toHaveLength(1);
  });

  test("keeps their record when phone, WhatsApp id and business-scoped id come together, then apart", async () => {
    const tenant = await createTenant();
    const [first] = await resolve(tenant, person("Zoé", userId("FR.77")));
    const [second] = await resolve(tenant, person("Zoé", userId("FR.77"), phone("+33639980030"), waId("33639980030")));
    const [third] = await resolve(tenant, person(null, phone("+33639980030")));
    expect([second?.customerId, third?.customerId]).toEqual([first?.customerId, first?.customerId]);
  });

  test("who is named twice in a batch, by different ids, is one", async () => {
    const tenant = await createTenant();
    const [a, b, c] = await resolve(
      tenant,
      person("Max", phone("+33639980040")),
      person("Max", userId("FR.9")),
      person("Max", userId("FR.9"), phone("+33639980040")),
    );
    expect(new Set([a?.customerId, b?.customerId, c?.customerId]).size).toBe(1);
  });

  test("behind a shared number is the one who was in contact last, and nothing is learnt about them", async () => {
    const tenant = await createTenant();
    const [older, newer] = [await createCustomer(tenant), await createCustomer(tenant)];
    await withTenant(tenant, async (tx) => {
      for (const [index, { customerId }] of [older, newer].entries()) {
        await tx.raw.unsafe(
          `insert into customer_identities (tenant_id, id, customer_id, kind, value, shared) values ($1, gen_random_uuid(), $2, 'phone', '+33639980050', true)`,
          [tenant.tenantId, customerId],
        );
        await tx.raw.unsafe("update customers set last_contact_at = $1 where id = $2", [
          `2026-11-0${index + 1}T00:00:00Z`,
          customerId,
        ]);
      }
    });
    const [found] = await resolve(tenant, person("Famille", phone("+33639980050"), waId("33639980050")));
    expect(found).toEqual({ customerId: newer.customerId, created: false, ambiguous: true });
    expect(
      (await all<{ kind: string }>(tenant, "customer_identities")).filter((row) => row.kind === "whatsapp_id"),
    ).toEqual([]);
  });

  test("of one tenant is nobody to another", async () => {
    const [a, b] = [await createTenant(), await createTenant()];
    const [inA] = await resolve(a, person("Sam", phone("+33639980060")));
    const [inB] = await resolve(b, person("Sam", phone("+33639980060")));
    expect(inB?.created).toBe(true);
    expect(inB?.customerId).not.toBe(inA?.customerId);
  });

  test("with a new number keeps their record", async () => {
    const tenant = await createTenant();
    const known = await createCustomer(tenant, { phone: "+33639980070" });
    const changed = await changeIdentities(systemCtx(tenant), [
      { person: person(null, phone("+33639980070")), next: person(null, phone("+33639980071")) },
      { person: person(null, phone("+33639980099")), next: person(null, phone("+33639980098")) },
    ]);
    expect(changed).toEqual([known.customerId, null]);
    const [found] = await resolve(tenant, person(null, phone("+33639980071")));
    expect(found?.customerId).toBe(known.customerId);
  });
});

describe("a word about being written to", () => {
  test("stands by the provider's clock, in whatever order it comes, and once", async () => {
    const tenant = await createTenant();
    const channel = await createChannel(tenant, { provider: "twilio" });
    const said = (granted: boolean, minute: number, scope: "all" | "marketing" = "all") => ({
      person: person("Eva", phone("+33639980080")),
      scope,
      granted,
      channelId: channel.channelId,
      occurredAt: new Date(at.getTime() + minute * 60_000),
      dedupeKey: `consent:${scope}:${minute}`,
    });
    const ctx = systemCtx(tenant);
    expect((await recordConsents(ctx, [said(true, 5)])).map((one) => one.outcome)).toEqual(["recorded"]);
    expect(
      (await recordConsents(ctx, [said(false, 2), said(true, 5), said(true, 3, "marketing")])).map(
        (one) => one.outcome,
      ),
    ).toEqual(["recorded", "duplicate", "recorded"]);
    const [kept] = await all(tenant, "customer_communication_preferences");
    expect(kept).toMatchObject({ sms_enabled: true, whatsapp_enabled: true, marketing_consent: true });
    await recordConsents(ctx, [said(false, 9)]);
    const [later] = await all(tenant, "customer_communication_preferences");
    expect(later).toMatchObject({ sms_enabled: false, whatsapp_enabled: true, marketing_consent: true });
  });
});
