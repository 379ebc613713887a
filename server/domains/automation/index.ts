export { announce, type Announced } from "./announce.ts";
export { removeOldRuns } from "./remove-old-runs.ts";
export { announceTickets } from "./announce-tickets.ts";
