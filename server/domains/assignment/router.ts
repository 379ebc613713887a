import { memberProcedure, router } from "#server/trpc/init.ts";
import { absentMember, ownAbsenceInput, setAbsenceInput, setCapacityInput } from "./schemas.ts";
import { endAbsence, setAbsence } from "./set-absence.ts";
import { setCapacity } from "./set-capacity.ts";

const own = memberProcedure("profile.write");
const anybody = memberProcedure("members.write");

/** Who may be given work, how much, and when not. */
export const assignmentRouter = router({
  setCapacity: anybody.input(setCapacityInput).mutation(({ ctx, input }) => setCapacity(ctx.verb, input)),
  setAbsence: anybody.input(setAbsenceInput).mutation(({ ctx, input }) => setAbsence(ctx.verb, input)),
  endAbsence: anybody.input(absentMember).mutation(({ ctx, input }) => endAbsence(ctx.verb, input)),
  leave: own
    .input(ownAbsenceInput)
    .mutation(({ ctx, input }) => setAbsence(ctx.verb, { ...input, userId: ctx.viewer.userId })),
  comeBack: own.mutation(({ ctx }) => endAbsence(ctx.verb, { userId: ctx.viewer.userId })),
});
