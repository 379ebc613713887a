import { createService } from "#db/factories-appointments.ts";
import { createChannel, createCustomer, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { bookAppointment } from "#server/domains/appointments/book-appointment.ts";
import { receiveMessages } from "#server/domains/conversations/receive-messages.ts";
import { sendAppointmentMessage } from "./send-message.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

interface Shop {
  start?: string;
  zone?: string;
  provider?: "twilio" | "whatsapp" | "email";
  customer?: Partial<Parameters<typeof createCustomer>[1]>;
}

/** What a customer was written to, oldest first. */
export interface Told {
  kind: string;
  status: string;
  reason: string | null;
  text: string | null;
  channel: string | null;
  due: Date;
}

/** A business of Paris that takes appointments on every day from eight to eight, with one channel and one customer; a Friday at ten. */
export async function tellingShop({
  start = "2026-11-20T09:00:00Z",
  zone = "Europe/Paris",
  provider = "twilio",
  customer: values,
}: Shop = {}) {
  const clock = fixedClock(start);
  const days = Object.fromEntries(
    ["1", "2", "3", "4", "5", "6", "7"].map((one) => [one, [{ from: "08:00", to: "20:00" }]]),
  );
  const tenant = await createTenant({ timezone: zone, businessHours: days });
  const channel = await createChannel(tenant, { provider });
  const nadia = await createMember(tenant, "agent", { clock, name: "Nadia" });
  const admin = await createMember(tenant, "admin", { clock });
  const service = await createService(tenant, [nadia.userId], { name: "Pose", location: "3 rue des Lampes" });
  const sophie = await createCustomer(tenant, { displayName: "Sophie Martin", timezone: zone, ...values });
  const rows = <Row extends object>(statement: string, ...given: unknown[]) =>
    withTenant(tenant, (tx) => tx.raw.unsafe<Row[]>(statement, given as never[]));
  const system = () => systemCtx(tenant, clock);
  return {
    clock,
    tenant,
    channel,
    nadia,
    admin,
    service,
    sophie,
    rows,
    system,
    book: (startsAt: Date | string, customerId = sophie.customerId) =>
      bookAppointment(nadia.ctx, {
        serviceId: service.serviceId,
        userId: nadia.userId,
        startsAt: new Date(startsAt),
        customerId,
      }),
    /** Lets time pass. */
    until: (instant: Date | string) => clock.advance(new Date(instant).getTime() - clock.now().getTime()),
    /** Sends what is due in this business by now. */
    send: async () => {
      const due = await rows<{ id: string }>(
        "select id from appointment_messages where status = 'planned' and due_at <= $1 order by due_at, id",
        clock.now(),
      );
      for (const { id } of due) await sendAppointmentMessage(system(), id);
    },
    told: (appointmentId?: string) =>
      rows<Told>(
        `select told.kind, told.status, told.reason, message.text, told.channel_type as channel, told.due_at as due
           from appointment_messages told left join messages message on message.id = told.message_id
          where $1::uuid is null or told.appointment_id = $1::uuid order by told.version, told.due_at, told.id`,
        appointmentId ?? null,
      ),
    hears: (text: string, at = clock.now(), messageId = newId()) =>
      receiveMessages(system(), [
        {
          channelId: channel.channelId,
          webhookLogId: null,
          event: {
            kind: "message",
            direction: "in",
            messageId,
            person: { identities: [{ kind: "phone", value: sophie.phone }], name: null },
            content: { kind: "text", text, media: [], data: null },
            replyToId: null,
            occurredAt: at,
          },
        },
      ]),
  };
}
