import { z } from "zod";

/** What a flight can be asked about. */
export const flightSubjects = ["message", "ticket", "call"] as const;

export const flightInput = z.object({ subject: z.enum(flightSubjects), id: z.uuid() });
export type FlightInput = z.infer<typeof flightInput>;
