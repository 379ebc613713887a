export { reckon, type Happening, type ReckonedTicket } from "./run-clocks.ts";
export {
  keepSlaSettings,
  readSlaSettings,
  slaSettingsJson,
  type SlaSettings,
  type StoredSettings,
} from "./sla-settings.ts";
export { deadlineColumns, deadlineNames, deadlineRow, setDeadlines } from "./write-deadlines.ts";
