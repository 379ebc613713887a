import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { createChannel, createCustomer, createTenant, systemCtx } from "#db/factories.ts";
import type { BusinessHours } from "#db/schema/channels.ts";
import { messages } from "#db/schema/messages.ts";
import { customerCommunicationPreferences } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { receiveMessages } from "./receive-messages.ts";

await testDatabase();

const hour = 3_600_000;
const weekdays: BusinessHours = {
  days: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: "09:00", to: "18:00" }]])),
  closed: ["2026-11-24"],
};

async function counter(start: string) {
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const channel = await createChannel(tenant, { awayMessage: "Nous sommes fermés.", businessHours: weekdays });
  const customer = await createCustomer(tenant);
  const clock = fixedClock(start);
  const ctx = systemCtx(tenant, clock);
  const write = (automatic = false) =>
    receiveMessages(ctx, [
      {
        channelId: channel.channelId,
        webhookLogId: null,
        event: {
          kind: "message",
          direction: "in",
          messageId: newId(),
          person: { identities: [{ kind: "phone", value: customer.phone }], name: null },
          content: { kind: "text", text: "Êtes-vous là ?", media: [], data: null },
          replyToId: null,
          occurredAt: clock.now(),
          ...(automatic
            ? { thread: { subject: null, references: [], token: null, participants: [], automatic: true } }
            : {}),
        },
      },
    ]);
  const told = () =>
    withTenant(tenant, async (tx) => {
      const out = await tx.select().from(messages).where(eq(messages.direction, "out"));
      return out.map(({ text, status, data }) => ({ text, status, rule: data?.rule }));
    });
  return { tenant, customer, clock, write, told };
}
const away = { text: "Nous sommes fermés.", status: "pending", rule: "away" };

it("is sent once a conversation and closure, and marked as the rule's", async () => {
  // Friday, 17:50 in Paris.
  const { clock, write, told } = await counter("2026-11-20T16:50:00Z");
  await write();
  expect(await told()).toEqual([]);
  clock.advance(hour);
  await write();
  await write();
  expect(await told()).toEqual([away]);
  // Sunday: it is the same closure, however long.
  clock.advance(40 * hour);
  await write();
  expect(await told()).toHaveLength(1);
  // Monday at noon it is open; in the evening another closure begins, which the closed Tuesday prolongs.
  clock.advance(26 * hour);
  await write();
  expect(await told()).toHaveLength(1);
  clock.advance(7 * hour);
  await write();
  clock.advance(24 * hour);
  await write();
  expect(await told()).toEqual([away, away]);
});

it("is not sent to a program, nor to somebody who opted out", async () => {
  const { tenant, customer, write, told } = await counter("2026-11-21T12:00:00Z");
  await write(true);
  expect(await told()).toEqual([]);
  await withTenant(tenant, (tx) =>
    tx
      .insert(customerCommunicationPreferences)
      .values({ tenantId: tenant.tenantId, customerId: customer.customerId, whatsappEnabled: false })
      .onConflictDoUpdate({
        target: [customerCommunicationPreferences.tenantId, customerCommunicationPreferences.customerId],
        set: { whatsappEnabled: false },
      }),
  );
  await write();
  expect(await told()).toEqual([]);
});
