import { describe, expect, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { bookOnline } from "./book-online.ts";
import { holdTime } from "./hold-time.ts";
import { openOnlineShop } from "./testing.ts";

await testDatabase();

const taken = { reason: "slot_taken" };
const tooMany = { code: "rate_limited", reason: "too_many_bookings" };

describe("whoever books too much", () => {
  test("holds one time at once, and few from one address", async () => {
    const { serviceId, slug, visitor, at, rows } = await openOnlineShop({ capacity: 20 });
    const who = visitor("203.0.113.5");
    const asked = { slug, serviceId };
    const { visit } = await holdTime(who, { ...asked, startsAt: at("08:00") });
    await holdTime(who, { ...asked, startsAt: at("08:30"), visit });
    const held = () =>
      rows<{ starts_at: Date }>("select starts_at from appointments where status = 'held' order by starts_at");
    expect((await held()).map(({ starts_at }) => starts_at)).toEqual([at("08:30")]);
    const refused = holdTime(who, { ...asked, startsAt: at("03:00"), visit });
    await expect(refused).rejects.toMatchObject(taken);
    expect(await held()).toHaveLength(1);
    for (let other = 0; other < 4; other++) await holdTime(who, { ...asked, startsAt: at("09:00") });
    await expect(holdTime(who, { ...asked, startsAt: at("09:00") })).rejects.toMatchObject({
      reason: "too_many_holds",
    });
    await holdTime(visitor("203.0.113.6"), { ...asked, startsAt: at("09:00") });
  });

  test("is refused by their address and by whom they name, whatever the spelling, and not for long", async () => {
    const { clock, book, visitor, serviceId, slug, at } = await openOnlineShop({ capacity: 100 });
    for (let time = 0; time < 6; time++) await book("10:00", { phone: time % 2 ? "+33639981001" : "06.39.98.10.01" });
    await expect(book("10:00", { phone: "0639981001" })).rejects.toMatchObject(tooMany);
    await book("10:00", { phone: "06 39 98 10 02" });
    const who = visitor("2001:db8:1:2::7");
    for (let time = 0; time < 30; time++) {
      const from = visitor(`2001:db8:1:2::${time}`);
      await holdTime(from, { slug, serviceId, startsAt: at("10:00"), visit: "the-same-visitor-again" });
    }
    await expect(holdTime(who, { slug, serviceId, startsAt: at("10:00") })).rejects.toMatchObject(tooMany);
    clock.advance(31 * 60_000);
    await holdTime(who, { slug, serviceId, startsAt: at("10:30") });
  });

  test("and programs are: too fast, without the form, or with what nobody sees", async () => {
    const { clock, nadia, serviceId, slug, visitor, at, stampOf, person } = await openOnlineShop();
    const other = await openOnlineShop();
    const slot = { slug, serviceId, userId: nadia.userId, startsAt: at("09:00"), ...person };
    const refused = { code: "invalid", reason: "looks_automatic" };
    const stamp = await stampOf();
    await expect(bookOnline(visitor(), { ...slot, stamp })).rejects.toMatchObject(refused);
    clock.advance(5_000);
    for (const forged of ["", "x", `${stamp}x`, await other.stampOf(), `0.${stamp.split(".")[1]}`])
      await expect(bookOnline(visitor(), { ...slot, stamp: forged })).rejects.toMatchObject(refused);
    await expect(bookOnline(visitor(), { ...slot, stamp, website: "http://x" })).rejects.toMatchObject(refused);
    await bookOnline(visitor(), { ...slot, stamp });
  });
});
