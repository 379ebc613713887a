export { listAlerts, type Alert } from "./list-alerts.ts";
export { openAlert, type AlertToOpen } from "./open-alert.ts";
export { resolveAlerts } from "./resolve-alerts.ts";
