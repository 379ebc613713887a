import { z } from "zod";
import { callDirections, callSentiments, callStatuses } from "#db/schema/calls.ts";
import { openTicketInput } from "#server/domains/tickets/schemas.ts";

export const callRef = z.object({ callId: z.uuid() });
export type CallRef = z.infer<typeof callRef>;

export const callFilter = z.object({
  direction: z.enum(callDirections).optional(),
  status: z.enum(callStatuses).optional(),
  channelId: z.uuid().optional(),
  sentiment: z.enum(callSentiments).optional(),
  customerId: z.uuid().optional(),
  /** `missed`: customers to whom nobody spoke; `agent`: a voice agent took it. */
  only: z.enum(["missed", "agent"]).optional(),
  /** How far back, in days; none: all there ever were. */
  days: z.number().int().min(1).max(3_660).optional(),
});
export type CallFilter = z.infer<typeof callFilter>;

/** The parameters of the list's address that a saved view keeps. */
export const callViewQuery = z
  .strictObject({
    only: z.enum(["missed", "agent"]),
    direction: z.enum(callDirections),
    status: z.enum(callStatuses),
    sentiment: z.enum(callSentiments),
    channel: z.uuid(),
    customer: z.uuid(),
    days: z.enum(["1", "7", "30", "90", "365", "all"]),
  })
  .partial()
  .transform((query): Record<string, string> => query);

export const countCallsInput = z.object({ filters: z.array(callFilter).max(10) });
export type CountCallsInput = z.input<typeof countCallsInput>;

export const listCallsInput = callFilter.extend({
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(500).default(50),
});
export type ListCallsInput = z.input<typeof listCallsInput>;

/** Null takes the call away from its ticket. */
export const linkTicketInput = callRef.extend({ ticketNumber: z.number().int().positive().nullable() });
export type LinkTicketInput = z.infer<typeof linkTicketInput>;

export const openTicketFromCallInput = openTicketInput.omit({ source: true }).extend(callRef.shape);
export type OpenTicketFromCallInput = z.input<typeof openTicketFromCallInput>;
