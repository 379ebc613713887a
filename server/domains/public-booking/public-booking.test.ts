import { describe, expect, test } from "vitest";
import { createAppointment, createService } from "#db/factories-appointments.ts";
import { createChannel, createCustomer, createTenant } from "#db/factories.ts";
import { appPool } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { archiveService, updateService } from "#server/domains/scheduling/save-service.ts";
import { bookOnline } from "./book-online.ts";
import { saveBookingPage } from "./booking-page.ts";
import { getBookingSettings } from "./booking-settings.ts";
import { findTimes } from "./find-times.ts";
import { holdTime } from "./hold-time.ts";
import { openBooking } from "./open-booking.ts";
import { openOnlineShop } from "./testing.ts";
import { waitOnline } from "./wait-online.ts";

await testDatabase();

const missing = { code: "not_found" };
const taken = { reason: "slot_taken" };

describe("the page", () => {
  test("shows what is offered online, and how one can be told", async () => {
    const { tenant, owner, nadia, paul, serviceId, slug, visitor } = await openOnlineShop({ priceCents: 4_500 });
    const kept = await createService(tenant, [nadia.userId], { name: "Sur demande", online: false });
    await createService(tenant, [], { name: "De personne" });
    await createChannel(tenant, { provider: "whatsapp" });
    const { business, services } = await openBooking(visitor(), { slug });
    expect(business).toEqual({
      name: tenant.name,
      timezone: "Europe/Paris",
      introFr: "Bienvenue",
      introEn: "Welcome",
      changeNoticeMinutes: 60,
      contactWays: ["whatsapp"],
    });
    const members = [
      { userId: nadia.userId, name: "Nadia" },
      { userId: paul.userId, name: "Paul" },
    ];
    expect(services).toMatchObject([{ id: serviceId, name: "Pose", priceCents: 4_500, members }]);
    await expect(findTimes(visitor(), { slug, serviceId: kept.serviceId })).rejects.toMatchObject(missing);
    expect(await getBookingSettings(owner.ctx)).toMatchObject({
      offered: ["Pose"],
      withoutMembers: ["De personne"],
    });
    await archiveService(owner.ctx, { serviceId, archived: true });
    expect((await openBooking(visitor(), { slug })).services).toEqual([]);
  });

  test("is nowhere while it is off, for no business, and for none but its own services", async () => {
    const { owner, page, serviceId, slug, visitor, at } = await openOnlineShop();
    const other = await openOnlineShop();
    await saveBookingPage(owner.ctx, { ...page, enabled: false });
    const asked = { serviceId, startsAt: at("09:00") };
    for (const name of [slug, "no-such-shop", `${other.slug}x`]) {
      await expect(openBooking(visitor(), { slug: name })).rejects.toMatchObject(missing);
      await expect(holdTime(visitor(), { slug: name, ...asked })).rejects.toMatchObject(missing);
    }
    await expect(findTimes(visitor(), { slug: other.slug, serviceId })).rejects.toMatchObject(missing);
    await expect(holdTime(visitor(), { slug: other.slug, ...asked })).rejects.toMatchObject(missing);
    const stranger = { ...asked, serviceId: other.serviceId, userId: owner.userId };
    await expect(holdTime(visitor(), { slug: other.slug, ...stranger })).rejects.toMatchObject({ code: "invalid" });
  });

  test("has a door that tells a name's id and nothing else, of businesses alone", async () => {
    const { tenant, slug } = await openOnlineShop();
    const platform = await createTenant({ kind: "platform" });
    const ask = async (name: string) => [...(await appPool()`select * from door.business_of_slug(${name})`)];
    expect(await ask(slug)).toEqual([{ business_of_slug: tenant.tenantId }]);
    for (const name of [platform.slug, "", "%", `${slug}%`, slug.toUpperCase()])
      expect(await ask(name)).toEqual([{ business_of_slug: null }]);
    expect([...(await appPool()`select * from booking_pages`)]).toEqual([]);
  });
});

describe("free times", () => {
  test("begin where there are any, go on by weeks, and say what comes next where there are none", async () => {
    const { nadia, tenant, serviceId, slug, visitor, at } = await openOnlineShop({ horizonDays: 30 });
    const first = await findTimes(visitor(), { slug, serviceId, userId: nadia.userId });
    expect(first).toMatchObject({ today: "2026-11-23", from: "2026-11-23", last: "2026-12-23", next: null });
    expect(first.slots.map(({ startsAt }) => startsAt.toISOString().slice(11, 16))).toEqual([
      "08:00",
      "08:30",
      "09:00",
      "09:30",
      "10:00",
      "10:30",
    ]);
    const between = await findTimes(visitor(), { slug, serviceId, from: "2026-11-24" });
    expect(between.slots[0]!.startsAt).toEqual(at("08:00", "2026-11-30"));
    const { customerId } = await createCustomer(tenant);
    const row = {
      userId: nadia.userId,
      customerId,
      startsAt: at("08:00"),
      endsAt: at("11:00"),
      blockedUntil: at("11:00"),
    };
    await createAppointment({ tenantId: tenant.tenantId, serviceId, name: "" }, row);
    const asked = { slug, serviceId, userId: nadia.userId };
    expect(await findTimes(visitor(), asked)).toMatchObject({ from: "2026-11-30" });
    expect(await findTimes(visitor(), { ...asked, from: "2026-12-22" })).toMatchObject({ slots: [], next: null });
  });

  test("cost the same statements however much is offered and booked", async () => {
    const { tenant, nadia, serviceId, slug, visitor, at } = await openOnlineShop({ capacity: 5 });
    const ask = [
      () => openBooking(visitor(), { slug }),
      () => findTimes(visitor(), { slug, serviceId, from: "2026-11-23" }),
      () => findTimes(visitor(), { slug, serviceId }),
    ];
    const count = async () => {
      const counts = [];
      for (const one of ask) counts.push((await statementsOf(one)).length);
      return counts;
    };
    const before = await count();
    expect(before[0]).toBe(3);
    const { customerId } = await createCustomer(tenant);
    const service = { tenantId: tenant.tenantId, serviceId, name: "" };
    for (const seat of [1, 2, 3])
      await createAppointment(service, { userId: nadia.userId, customerId, startsAt: at("08:00"), seat });
    for (let more = 0; more < 5; more++) await createService(tenant, [nadia.userId]);
    expect(await count()).toEqual(before);
  });

  test("keep the hours of the wall through the change of the clocks", async () => {
    const { clock, serviceId, slug, visitor } = await openOnlineShop({ horizonDays: 200 });
    clock.advance(Date.parse("2027-03-23T07:00:00Z") - clock.now().getTime());
    const week = await findTimes(visitor(), { slug, serviceId, from: "2027-03-29" });
    // Summer time began the day before: nine o'clock is seven in UTC.
    expect(week.slots[0]!.startsAt.toISOString()).toBe("2027-03-29T07:00:00.000Z");
    const before = await findTimes(visitor(), { slug, serviceId, from: "2027-03-23" });
    expect(before.next ?? before.slots[0]!.startsAt.toISOString().slice(0, 10)).toBe("2027-03-29");
  });
});

describe("booking", () => {
  test("makes a customer of who is not known, in their language and as they like to be told", async () => {
    const { book, rows, nadia } = await openOnlineShop();
    const { token } = await book("09:00", {
      email: "Sophie@Martin.example",
      contactBy: "email",
      language: "en",
      notes: "Deux lampes",
      userId: nadia.userId,
    });
    expect(token.length).toBe(54);
    const statement = `select a.status, a.source, a.notes, a.internal_notes, a.held_by, c.display_name, c.phone, c.email, c.language, c.preferred_channel
                         from appointments a join customers c on c.id = a.customer_id`;
    expect(await rows(statement)).toEqual([
      {
        status: "confirmed",
        source: "web",
        notes: "Deux lampes",
        internal_notes: "",
        held_by: null,
        display_name: "Sophie Martin",
        phone: "+33639981001",
        email: "sophie@martin.example",
        language: "en",
        preferred_channel: "email",
      },
    ]);
    expect(await rows("select action, actor_type from audit_log where action = 'appointment.booked'")).toHaveLength(1);
  });

  test("knows who is known by any spelling, changes nothing of them, and answers a stranger alike", async () => {
    const { tenant, book, rows } = await openOnlineShop();
    const karim = await createCustomer(tenant, { phone: "+33639981001", displayName: "Karim Benali", language: "fr" });
    const before = await rows("select * from customers");
    const known = await book("08:00", {
      displayName: "K. B.",
      phone: "0033 6 39 98 10 01",
      email: "k@b.example",
      contactBy: "sms",
      language: "en",
    });
    const unknown = await book("08:30", { phone: "06 39 98 10 99" });
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(known.token.length).toBe(unknown.token.length);
    const told = await rows<{ internal_notes: string; customer_id: string }>(
      "select customer_id, internal_notes from appointments order by starts_at",
    );
    expect(told[0]).toEqual({
      customer_id: karim.customerId,
      internal_notes: "Réservé en ligne en indiquant : K. B., k@b.example, à prévenir par SMS.",
    });
    expect(told[1]!.customer_id).not.toBe(karim.customerId);
    const still = ["display_name", "phone", "email", "language", "preferred_channel"].join(", ");
    expect(await rows(`select ${still} from customers where id = '${karim.customerId}'`)).toEqual([
      Object.fromEntries(still.split(", ").map((column) => [column, (before[0] as Record<string, unknown>)[column]])),
    ]);
  });

  test("sent twice is one appointment; whoever has not the hold cannot take it", async () => {
    const { clock, nadia, serviceId, slug, visitor, at, stampOf, person, rows } = await openOnlineShop();
    const [who, thief] = [visitor(), visitor()];
    const stamp = await stampOf(who);
    const slot = { slug, serviceId, userId: nadia.userId, startsAt: at("09:00") };
    const { visit, holdId } = await holdTime(who, slot);
    clock.advance(10_000);
    const wanted = { ...slot, ...person, stamp, holdId };
    await expect(bookOnline(thief, { ...wanted, phone: "06 39 98 10 07" })).rejects.toMatchObject(taken);
    const sent = [1, 2].map(() => bookOnline(who, { ...wanted, visit }));
    const [first, second] = await Promise.all(sent);
    expect(first).toEqual(second);
    expect(await rows("select 1 from appointments")).toHaveLength(1);
  });

  test("takes a time that is no longer held while nobody came for it, else names the next ones", async () => {
    const { clock, nadia, paul, serviceId, slug, visitor, at, stampOf, person, book } = await openOnlineShop();
    const who = visitor();
    const stamp = await stampOf(who);
    const slot = { slug, serviceId, userId: nadia.userId, startsAt: at("09:00") };
    const late = await holdTime(who, slot);
    clock.advance(6 * 60_000);
    await book("09:00", { userId: nadia.userId, phone: "06 39 98 10 08" });
    const wanted = { ...slot, ...person, stamp, holdId: late.holdId, visit: late.visit };
    await expect(bookOnline(who, wanted)).rejects.toMatchObject({
      ...taken,
      fields: { nextSlots: expect.stringContaining(`2026-11-23T09:30:00.000Z/${nadia.userId}`) as string },
    });
    const other = { ...slot, userId: paul.userId };
    const held = await holdTime(who, { ...other, visit: late.visit });
    clock.advance(6 * 60_000);
    await bookOnline(who, { ...wanted, ...other, holdId: held.holdId });
  });

  test("with whoever is free finds a colleague when the first is taken", async () => {
    const { nadia, paul, serviceId, slug, visitor, at } = await openOnlineShop();
    const asked = { slug, serviceId, startsAt: at("09:00") };
    const [first, second] = [await holdTime(visitor(), asked), await holdTime(visitor(), asked)];
    expect(new Set([first.userId, second.userId])).toEqual(new Set([nadia.userId, paul.userId]));
    await expect(holdTime(visitor(), asked)).rejects.toMatchObject(taken);
    await expect(holdTime(visitor(), { ...asked, startsAt: at("12:00") })).rejects.toMatchObject(taken);
  });

  test("asks for a way to be told, and for the one that was chosen", async () => {
    const { book } = await openOnlineShop();
    const none = book("08:00", { phone: "", email: "" });
    await expect(none).rejects.toMatchObject({ issues: [{ path: ["phone"], message: "phone_or_email" }] });
    const chosen = book("08:30", { contactBy: "email" });
    await expect(chosen).rejects.toMatchObject({ issues: [{ path: ["email"], message: "email_for_messages" }] });
    await expect(book("09:00", { phone: "12" })).rejects.toMatchObject({ fields: { phone: "invalid_phone" } });
  });
});

test("who finds nothing waits, on days of the business's zone, once for each service", async () => {
  const { clock, tenant, nadia, serviceId, slug, visitor, stampOf, person, rows } = await openOnlineShop();
  const known = await createCustomer(tenant, { phone: "+33639981001" });
  const stamp = await stampOf();
  clock.advance(5_000);
  const wanted = { slug, serviceId, userId: nadia.userId, stamp, ...person };
  await waitOnline(visitor(), { ...wanted, from: "2026-11-24", until: "2026-11-24" });
  await waitOnline(visitor(), { ...wanted, from: "2026-11-25", until: "2026-11-27" });
  expect(await rows("select customer_id, user_id, from_at, until_at, source from waitlist_entries")).toEqual([
    {
      customer_id: known.customerId,
      user_id: nadia.userId,
      from_at: new Date("2026-11-24T23:00:00Z"),
      until_at: new Date("2026-11-27T23:00:00Z"),
      source: "web",
    },
  ]);
  const reversed = waitOnline(visitor(), { ...wanted, from: "2026-11-27", until: "2026-11-25" });
  await expect(reversed).rejects.toMatchObject({ issues: [{ path: ["until"] }] });
  const empty = waitOnline(visitor(), { ...wanted, from: "2026-11-27", until: "2026-11-28", stamp: "" });
  await expect(empty).rejects.toMatchObject({ reason: "looks_automatic" });
});

test("what is set up is audited, and a service leaves the page when it is no longer offered online", async () => {
  const { owner, page, serviceId, slug, visitor, rows } = await openOnlineShop();
  await saveBookingPage(owner.ctx, { ...page, introFr: "Bonjour" });
  const data =
    "select data ->> 'introFr' as intro, actor_id from audit_log where action = 'booking.configure' order by id";
  expect(await rows(data)).toEqual(["Bienvenue", "Bonjour"].map((intro) => ({ intro, actor_id: owner.userId })));
  await updateService(owner.ctx, { serviceId, online: false });
  expect((await openBooking(visitor(), { slug })).services).toEqual([]);
});
