import { z } from "zod";

const userId = z.uuid();

export const setCapacityInput = z.object({
  userId,
  /** Pieces of open work; null is no limit. */
  capacity: z
    .number("invalid_number")
    .int("invalid_number")
    .min(0, "invalid_number")
    .max(1_000, "invalid_number")
    .nullable(),
});
export type SetCapacityInput = z.infer<typeof setCapacityInput>;

/** From the one instant until the other; a substitute is given what would be theirs. */
const absence = {
  from: z.date("required"),
  until: z.date("required"),
  substituteId: z.uuid().nullable(),
};
const ends = <T extends { from: Date; until: Date }>({ from, until }: T) => from < until;
const backwards = { path: ["until"], message: "ends_before_it_begins" };

export const ownAbsenceInput = z.object(absence).refine(ends, backwards);
export type OwnAbsenceInput = z.infer<typeof ownAbsenceInput>;
export const setAbsenceInput = z.object({ userId, ...absence }).refine(ends, backwards);
export type SetAbsenceInput = z.infer<typeof setAbsenceInput>;
export const absentMember = z.object({ userId });
export type AbsentMember = z.infer<typeof absentMember>;
