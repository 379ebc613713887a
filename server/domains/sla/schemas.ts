import { z } from "zod";
import { channelTypes } from "#db/schema/channels.ts";
import { ticketPriorities } from "#db/schema/tickets.ts";
import { businessHours } from "#server/domains/channels/schemas.ts";

/** Business minutes; sixty days around the clock at most. */
const minutes = z.number("invalid_duration").int("invalid_duration").min(1, "invalid_duration").max(86_400, "too_long");
const name = z.string("required").trim().min(1, "required").max(60, "too_long");

const policy = z.object({
  name,
  /** Empty: any. */
  priorities: z.array(z.enum(ticketPriorities)),
  channels: z.array(z.enum(channelTypes)),
  firstResponseMinutes: minutes.nullable(),
  nextResponseMinutes: minutes.nullable(),
  resolutionMinutes: minutes.nullable(),
  /** 0: nobody is told ahead. */
  warnMinutes: z.number("invalid_duration").int("invalid_duration").min(0, "invalid_duration").max(1_440, "too_long"),
  escalatePriority: z.enum(ticketPriorities).nullable(),
  escalateAssigneeId: z.uuid().nullable(),
});

/** With an id, that policy is changed; without, a new one is added at the end. */
export const savePolicyInput = policy
  .extend({ policyId: z.uuid().optional() })
  .refine((input) => input.firstResponseMinutes ?? input.nextResponseMinutes ?? input.resolutionMinutes, {
    path: ["firstResponseMinutes"],
    message: "promise_something",
  });
export type SavePolicyInput = z.infer<typeof savePolicyInput>;

export const policyInput = z.object({ policyId: z.uuid() });
export type PolicyInput = z.infer<typeof policyInput>;
export const movePolicyInput = policyInput.extend({ direction: z.enum(["up", "down"]) });
export type MovePolicyInput = z.infer<typeof movePolicyInput>;

/** Null: every hour counts. */
export const saveBusinessDaysInput = z.object({ days: businessHours.shape.days.nullable() });
export type SaveBusinessDaysInput = z.infer<typeof saveBusinessDaysInput>;

const day = z.iso.date("invalid_date");
export const addHolidayInput = z.object({ day, name });
export type AddHolidayInput = z.infer<typeof addHolidayInput>;
export const removeHolidayInput = z.object({ day });
export type RemoveHolidayInput = z.infer<typeof removeHolidayInput>;
export const addPublicHolidaysInput = z.object({ year: z.number().int().min(2000).max(2100) });
export type AddPublicHolidaysInput = z.infer<typeof addPublicHolidaysInput>;

/** Tickets that a live change named. */
export const deadlineNoticesInput = z.object({ ticketIds: z.array(z.uuid()).min(1).max(100) });
export type DeadlineNoticesInput = z.infer<typeof deadlineNoticesInput>;
