import { memberProcedure, router } from "#server/trpc/init.ts";
import { findSlots } from "./find-slots.ts";
import { getHours, listHours } from "./list-hours.ts";
import { listServices } from "./list-services.ts";
import { removeDay, saveDay, saveHours } from "./save-hours.ts";
import { archiveService, createService, updateService } from "./save-service.ts";
import {
  addTimeOffInput,
  archiveServiceInput,
  createServiceInput,
  memberInput,
  removeDayInput,
  removeTimeOffInput,
  saveDayInput,
  saveHoursInput,
  slotsInput,
  updateServiceInput,
} from "./schemas.ts";
import { addTimeOff, removeTimeOff } from "./time-off.ts";

const reads = memberProcedure("appointments.read");
/** Of one's own time; over a colleague's, the verbs ask for more. */
const writes = memberProcedure("appointments.write");
const configures = memberProcedure("appointments.configure");

/** What can be booked, with whom and when. */
export const schedulingRouter = router({
  slots: reads.input(slotsInput).query(({ ctx, input }) => findSlots(ctx.verb, input)),
  services: router({
    list: reads.query(({ ctx }) => listServices(ctx.verb)),
    create: configures.input(createServiceInput).mutation(({ ctx, input }) => createService(ctx.verb, input)),
    update: configures.input(updateServiceInput).mutation(({ ctx, input }) => updateService(ctx.verb, input)),
    archive: configures.input(archiveServiceInput).mutation(({ ctx, input }) => archiveService(ctx.verb, input)),
  }),
  hours: router({
    list: reads.query(({ ctx }) => listHours(ctx.verb)),
    get: reads.input(memberInput).query(({ ctx, input }) => getHours(ctx.verb, input)),
    save: writes.input(saveHoursInput).mutation(({ ctx, input }) => saveHours(ctx.verb, input)),
  }),
  days: router({
    save: writes.input(saveDayInput).mutation(({ ctx, input }) => saveDay(ctx.verb, input)),
    remove: writes.input(removeDayInput).mutation(({ ctx, input }) => removeDay(ctx.verb, input)),
  }),
  timeOff: router({
    add: writes.input(addTimeOffInput).mutation(({ ctx, input }) => addTimeOff(ctx.verb, input)),
    remove: writes.input(removeTimeOffInput).mutation(({ ctx, input }) => removeTimeOff(ctx.verb, input)),
  }),
});
