import { inTwoDays, otherDay } from "./testing-appointments.ts";
import { colleague, conversationOf, customerOf, ticketOf } from "./testing-ids.ts";
import type { World } from "./testing.ts";

const appointmentOf = (w: World) => ({ appointmentId: w.appointmentId });
/** The time that is held. */
const slotOf = (w: World) => ({ serviceId: w.serviceId, ...colleague(w), startsAt: inTwoDays(10) });
const prospectOf = (w: World) => ({ prospectId: w.prospectId });

/** Of {@link naming}, what is about appointments, who waits for one, and prospects. */
export const namingBookings: Record<string, (w: World) => unknown> = {
  "appointmentMessages.drop": (w) => ({ messageId: w.owedMessageId }),
  "appointmentMessages.ofAppointment": appointmentOf,
  "appointmentMessages.sendNow": (w) => ({ messageId: w.owedMessageId }),
  "appointments.book": (w) => ({
    ...slotOf(w),
    ...customerOf(w),
    ...conversationOf(w),
    ...ticketOf(w),
    holdId: w.holdId,
    callId: w.callId,
  }),
  "calendarFeeds.appointment": appointmentOf,
  "appointments.cancel": appointmentOf,
  "appointments.complete": appointmentOf,
  "appointments.get": appointmentOf,
  "appointments.hold": (w) => ({ ...slotOf(w), startsAt: inTwoDays(11) }),
  "appointments.noShow": appointmentOf,
  "appointments.release": (w) => ({ holdId: w.holdId }),
  "appointments.reopen": appointmentOf,
  "appointments.reschedule": (w) => ({
    ...appointmentOf(w),
    userId: w.members.manager.userId,
    startsAt: inTwoDays(12),
  }),
  "appointments.update": (w) => ({ ...appointmentOf(w), notes: "Mine now" }),
  "prospects.changeStatus": (w) => ({ ...prospectOf(w), status: "lost" }),
  "prospects.convert": prospectOf,
  "prospects.create": (w) => ({
    ...customerOf(w),
    ...conversationOf(w),
    callId: w.callId,
    ownerId: w.members.agent.userId,
    interest: "À nous",
  }),
  "prospects.get": prospectOf,
  "prospects.undoConversion": prospectOf,
  "prospects.update": (w) => ({ ...prospectOf(w), ownerId: w.members.manager.userId, interest: "À nous" }),
  "scheduling.days.remove": (w) => ({ ...colleague(w), day: otherDay }),
  "scheduling.days.save": (w) => ({ ...colleague(w), day: "2031-05-03", spans: [] }),
  "scheduling.hours.get": colleague,
  "scheduling.hours.save": (w) => ({ ...colleague(w), days: null }),
  "scheduling.services.archive": (w) => ({ serviceId: w.serviceId, archived: true }),
  "scheduling.services.create": (w) => ({
    name: "Mine now",
    durationMinutes: 30,
    memberIds: [w.members.agent.userId],
  }),
  "scheduling.services.update": (w) => ({ serviceId: w.serviceId, memberIds: [w.members.agent.userId] }),
  "scheduling.slots": (w) => ({ serviceId: w.serviceId, ...colleague(w), from: "2031-05-05" }),
  "scheduling.timeOff.add": (w) => ({ ...colleague(w), startsAt: inTwoDays(1), endsAt: inTwoDays(2) }),
  "scheduling.timeOff.remove": (w) => ({ timeOffId: w.timeOffId }),
  "waitlist.join": (w) => ({
    ...customerOf(w),
    serviceId: w.serviceId,
    memberId: w.members.agent.userId,
    from: inTwoDays(8),
    until: inTwoDays(18),
  }),
  "waitlist.leave": (w) => ({ entryId: w.entryId }),
  "waitlist.undoLeave": (w) => ({ entryId: w.entryId }),
  "waitlist.offer": (w) => ({ entryId: w.entryId, ...colleague(w), startsAt: inTwoDays(12) }),
};
