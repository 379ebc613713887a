export { type BookedService, findService, requireOffered } from "./find-service.ts";
export {
  findSlots,
  isOffered,
  nextFreeSlots,
  nextSlots,
  offeringMembers,
  slotsBetween,
  type WantedSlot,
} from "./find-slots.ts";
export { listServices } from "./list-services.ts";
export { type MemberWeek, readWeeks } from "./read-weeks.ts";
export { workingTime } from "./working-time.ts";
