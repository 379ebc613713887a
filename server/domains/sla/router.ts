import { memberProcedure, router } from "#server/trpc/init.ts";
import { deadlineNotices } from "./deadline-notices.ts";
import { getSlaSettings } from "./get-sla-settings.ts";
import { addHoliday, addPublicHolidays, removeHoliday, saveBusinessDays } from "./keep-holidays.ts";
import { deletePolicy, movePolicy, savePolicy } from "./save-policy.ts";
import {
  addHolidayInput,
  addPublicHolidaysInput,
  deadlineNoticesInput,
  movePolicyInput,
  policyInput,
  removeHolidayInput,
  saveBusinessDaysInput,
  savePolicyInput,
} from "./schemas.ts";

const write = memberProcedure("sla.write");

/** What is promised to customers, and the hours that it is counted in. */
export const slaRouter = router({
  get: write.query(({ ctx }) => getSlaSettings(ctx.verb)),
  notices: memberProcedure("tickets.read")
    .input(deadlineNoticesInput)
    .query(({ ctx, input }) => deadlineNotices(ctx.verb, input)),
  savePolicy: write.input(savePolicyInput).mutation(({ ctx, input }) => savePolicy(ctx.verb, input)),
  deletePolicy: write.input(policyInput).mutation(({ ctx, input }) => deletePolicy(ctx.verb, input)),
  movePolicy: write.input(movePolicyInput).mutation(({ ctx, input }) => movePolicy(ctx.verb, input)),
  saveHours: write.input(saveBusinessDaysInput).mutation(({ ctx, input }) => saveBusinessDays(ctx.verb, input)),
  addHoliday: write.input(addHolidayInput).mutation(({ ctx, input }) => addHoliday(ctx.verb, input)),
  removeHoliday: write.input(removeHolidayInput).mutation(({ ctx, input }) => removeHoliday(ctx.verb, input)),
  addPublicHolidays: write
    .input(addPublicHolidaysInput)
    .mutation(({ ctx, input }) => addPublicHolidays(ctx.verb, input)),
});
