export { joinWaitlist } from "./join-waitlist.ts";
export { type FreedTime, noteOpening } from "./note-opening.ts";
