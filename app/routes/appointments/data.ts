import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["appointments"];
/** What the calendar shows between two instants. */
export type Calendar = Outputs["calendar"];
export type CalendarAppointment = Calendar["appointments"][number];
export type AppointmentRow = Outputs["list"]["rows"][number];
export type AppointmentDetail = Outputs["get"];

/** What the customer was told, and will be. */
export type AppointmentMessage = inferRouterOutputs<AppRouter>["appointmentMessages"]["ofAppointment"][number];

/** Somebody who waits for a time. */
export type WaitlistRow = inferRouterOutputs<AppRouter>["waitlist"]["list"]["rows"][number];

/** A time that is free, as a refusal offers it. */
export interface FreeSlot {
  startsAt: Date;
  userId: string;
}
