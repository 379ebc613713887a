import { createService } from "#db/factories-appointments.ts";
import { createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { fixedClock } from "#server/core/clock.ts";
import { bookOnline } from "./book-online.ts";
import { saveBookingPage } from "./booking-page.ts";
import { holdTime } from "./hold-time.ts";
import { openBooking } from "./open-booking.ts";

const monday = { "1": [{ from: "09:00", to: "12:00" }] };
let comers = 0;

type Given = Partial<Omit<Parameters<typeof bookOnline>[1], "slug" | "serviceId" | "startsAt" | "visit">>;

/** A shop of Nadia and Paul that customers book at by themselves, on Monday 23 November 2026 at eight in Paris, when it opens at nine. */
export async function openOnlineShop(values: Parameters<typeof createService>[2] = {}) {
  const clock = fixedClock("2026-11-23T07:00:00Z");
  const tenant = await createTenant({ businessHours: monday });
  const owner = await createMember(tenant, "owner", { clock });
  const nadia = await createMember(tenant, "agent", { clock, name: "Nadia" });
  const paul = await createMember(tenant, "agent", { clock, name: "Paul" });
  const { serviceId } = await createService(tenant, [nadia.userId, paul.userId], { name: "Pose", ...values });
  const page = { enabled: true, introFr: "Bienvenue", introEn: "Welcome", changeNoticeMinutes: 60 };
  await saveBookingPage(owner.ctx, page);
  const { slug } = tenant;
  /** Somebody new on the page, from an address of their own. */
  const visitor = (address = `198.51.100.${++comers}`) => ({ address, clock });
  const at = (time: string, day = "2026-11-23") => new Date(`${day}T${time}:00Z`);
  const stampOf = async (who = visitor()) => (await openBooking(who, { slug })).stamp;
  const person = { displayName: "Sophie Martin", phone: "06 39 98 10 01", language: "fr" as const };
  /** Holds a time, writes who they are for a minute, and books it. */
  const book = async (
    time: string,
    { who = visitor(), ...given }: Given & { who?: ReturnType<typeof visitor> } = {},
  ) => {
    const stamp = await stampOf(who);
    const { visit, userId, holdId } = await holdTime(who, {
      slug,
      serviceId,
      startsAt: at(time),
      userId: given.userId,
    });
    clock.advance(60_000);
    const slot = { slug, serviceId, userId, startsAt: at(time), holdId, visit };
    return bookOnline(who, { stamp, ...person, ...given, ...slot });
  };
  const rows = <Row extends object>(statement: string) =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<Row[]>(statement))]);
  return { clock, tenant, owner, nadia, paul, serviceId, slug, page, visitor, at, stampOf, person, book, rows };
}
