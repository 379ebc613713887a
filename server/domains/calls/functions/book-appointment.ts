import { z } from "zod";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { bookAppointment as book, SlotTaken } from "#server/domains/appointments/index.ts";
import type { FreeSlot } from "#server/domains/scheduling/schemas.ts";
import { readSpokenTime, sayTime } from "#server/domains/spoken-times/index.ts";
import { customerOf, speakingTo } from "./caller.ts";
import { spokenWhen, wantedParameters } from "./check-availability.ts";
import type { SpeakingCall } from "./define-call-function.ts";
import { Declined, defineCallFunction } from "./define-call-function.ts";
import { freeAt, freeBetween, offerNext, sayNext } from "./offer-times.ts";
import { findWantedService } from "./wanted-service.ts";

const words = {
  fr: {
    booked: (service: string, time: string, member: string) => `C'est noté : ${service}, ${time}, avec ${member}.`,
    taken: "Ce moment n'est pas libre.",
    whatTime: "À quelle heure ?",
    for: (name: string) => `Pour ${name}`,
  },
  en: {
    booked: (service: string, time: string, member: string) => `It is booked: ${service}, ${time}, with ${member}.`,
    taken: "That time is not free.",
    whatTime: "At what time?",
    for: (name: string) => `For ${name}`,
  },
};

/** Makes an appointment for whoever is on the line. */
export const bookAppointment = defineCallFunction({
  name: "book_appointment",
  description:
    "Makes an appointment once the caller agreed to a day and a time. Where the time is not free it says which are. Ask for name and phone number only if this function asks for them.",
  changes: true,
  parameters: z.object({
    ...wantedParameters,
    when: spokenWhen,
    name: z.string().max(160).optional().describe("Whom the appointment is for"),
    phone: z.string().max(100).optional().describe("A number to reach them, as it was said"),
    notes: z.string().max(1_000).optional().describe("What the caller wants the business to know"),
  }),
  async run(ctx, call, { when, name, phone, notes, ...named }) {
    const { language } = call;
    const say = words[language];
    const wanted = await findWantedService(ctx, named, language);
    const { service } = wanted;
    const speaking = speakingTo(ctx, call);
    const time = readSpokenTime(when, speaking);
    if (time.kind === "unclear") throw new Declined(time.ask);
    if (time.kind === "span") {
      const slots = await freeBetween(ctx, wanted, time);
      const offer = slots.length > 0 ? sayNext(slots, speaking) : await offerNext(ctx, wanted, time.until, speaking);
      throw new Declined(`${say.whatTime} ${offer}`);
    }
    const done = (slot: { appointmentId: string; userId: string }, customerId: string) => ({
      said: say.booked(service.name, `${sayTime(time.at, speaking)}${speaking.note}`, nameOf(service, slot.userId)),
      links: { appointmentId: slot.appointmentId, customerId },
    });
    const made = await madeInThisCall(ctx, call, { serviceId: service.id, startsAt: time.at });
    if (made) return done(made, made.customerId);
    const slot = await freeAt(ctx, wanted, time.at);
    if (!slot) throw new Declined(`${say.taken} ${await offerNext(ctx, wanted, time.at, speaking)}`);
    const { customerId } = await customerOf(ctx, call, { name, phone });
    const other = name && call.customer?.name && call.customer.name !== name ? say.for(name) : "";
    const noted = [other, notes ?? ""].filter((line) => line !== "").join("\n");
    const booked = await bookOne(ctx, call, { service, slot, customerId, notes: noted });
    if ("appointmentId" in booked) return done(booked, customerId);
    throw new Declined(`${say.taken} ${sayNext(booked.slots, speaking)}`);
  },
});

const nameOf = (service: { members: { userId: string; name: string }[] }, userId: string) =>
  service.members.find((member) => member.userId === userId)?.name ?? "";

/** With the first of those who are free that still is; else what is free next. */
async function bookOne(
  ctx: Ctx,
  { callId, conversationId }: SpeakingCall,
  { service, slot, customerId, notes }: { service: { id: string }; slot: FreeSlot; customerId: string; notes: string },
): Promise<{ appointmentId: string; userId: string } | { slots: readonly FreeSlot[] }> {
  let free: readonly FreeSlot[] = [];
  for (const userId of slot.userIds) {
    const wanted = { serviceId: service.id, userId, startsAt: slot.startsAt };
    const place = { ...(callId ? { callId } : {}), ...(conversationId ? { conversationId } : {}) };
    try {
      const { appointmentId } = await book(ctx, { ...wanted, ...place, customerId, notes }, { source: "voice_agent" });
      return { appointmentId, userId };
    } catch (error) {
      if (!(error instanceof SlotTaken)) throw error;
      free = error.slots;
    }
  }
  return { slots: free };
}

/** Models ask twice under two names: the appointment that this call made already is the answer. */
async function madeInThisCall(
  ctx: Ctx,
  { callId }: SpeakingCall,
  { serviceId, startsAt }: { serviceId: string; startsAt: Date },
): Promise<{ appointmentId: string; userId: string; customerId: string } | null> {
  const [made] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ appointmentId: string; userId: string; customerId: string }[]>(
      `select id as "appointmentId", user_id as "userId", customer_id as "customerId" from appointments
        where tenant_id = $1 and call_id = $2::uuid and service_id = $3::uuid and starts_at = $4::timestamptz and status = 'confirmed'`,
      [ctx.tenantId, callId, serviceId, startsAt] as never[],
      { prepare: true },
    ),
  );
  return made ?? null;
}
