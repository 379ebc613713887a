export { bookAppointment } from "./book-appointment.ts";
export { cancelAppointment } from "./change-status.ts";
export { holdSlot, releaseHold } from "./hold-slot.ts";
export { rescheduleAppointment } from "./reschedule-appointment.ts";
export { SlotTaken } from "./slot-taken.ts";
