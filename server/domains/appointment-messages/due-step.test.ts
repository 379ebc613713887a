import { expect, test } from "vitest";
import { appointmentMessages } from "#db/schema/appointment-messages.ts";
import { appointments } from "#db/schema/appointments.ts";
import { customers } from "#db/schema/customers.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";
import { sendAppointmentMessage } from "./send-message.ts";
import { hour, tellingShop } from "./testing.ts";

const database = await testDatabase();
type Shop = Awaited<ReturnType<typeof tellingShop>>;

/** Other people's, each with a reminder that is planned. */
async function addOthers(
  { tenant: { tenantId }, service, nadia, clock }: Shop,
  { from, count }: { from: number; count: number },
): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => {
    const startsAt = new Date(clock.now().getTime() + (100 + from + at) * hour);
    const endsAt = new Date(startsAt.getTime() + hour / 2);
    const times = { startsAt, endsAt, blockedFrom: startsAt, blockedUntil: endsAt, statusAt: startsAt };
    const whose = { customerId: newId(), userId: nadia.userId, serviceId: service.serviceId };
    return { tenantId, id: newId(), ...whose, ...times, status: "confirmed" as const, seat: 1 };
  });
  await withTenant({ tenantId }, async (tx) => {
    await tx
      .insert(customers)
      .values(rows.map(({ customerId }) => ({ tenantId, id: customerId, displayName: "Somebody else" })));
    await tx.insert(appointments).values(rows);
    await tx.insert(appointmentMessages).values(
      rows.map(({ id, startsAt }) => ({
        tenantId,
        id: newId(),
        appointmentId: id,
        kind: "reminder_24h" as const,
        dueAt: startsAt,
      })),
    );
  });
}

test("a message costs as many statements among five thousand appointments as by itself, and finds what it says by an index", async () => {
  const shop = await tellingShop();
  const confirmationOf = async (startsAt: string) => {
    const { appointmentId } = await shop.book(startsAt);
    const [owed] = await shop.rows<{ id: string }>(
      "select id from appointment_messages where appointment_id = $1 and kind = 'confirmation'",
      appointmentId,
    );
    return owed!.id;
  };
  const send = (id: string) => statementsOf(() => sendAppointmentMessage(shop.system(), id));
  // The first one opens the conversation that the next ones go on with.
  await send(await confirmationOf("2026-11-24T08:00:00Z"));
  const alone = await send(await confirmationOf("2026-11-24T09:00:00Z"));
  for (let hundreds = 0; hundreds < 50; hundreds += 10) await addOthers(shop, { from: 100 * hundreds, count: 1_000 });
  await database.owner.unsafe("analyze");
  const among = await send(await confirmationOf("2026-11-24T10:00:00Z"));
  expect(among.map(({ query }) => query)).toEqual(alone.map(({ query }) => query));

  const owed = await confirmationOf("2026-11-24T11:00:00Z");
  const { query, parameters } = among.find((one) => one.query.includes('"mailConversationId"'))!;
  const asked = { query, parameters: parameters.with(1, owed) };
  for (const mode of ["custom", "generic"] as const) {
    const scans = await scansOf(shop.tenant, asked, mode);
    const looked = scans.filter(({ table, loops }) => /^appointment(s|_messages)$/.test(table) && loops > 0);
    expect(looked.map(({ table }) => table)).toEqual(expect.arrayContaining(["appointments", "appointment_messages"]));
    expect(looked.filter(({ node }) => node === "Seq Scan")).toEqual([]);
    expect(Math.max(...looked.map(({ rows }) => rows))).toBeLessThanOrEqual(20);
  }
});
