export { getLogRetention } from "./get-log-retention.ts";
export { missingLog } from "./missing-log.ts";
export { removeExpired } from "./remove-expired.ts";
export { keptFrom, postDays } from "./terms.ts";
