export type { AuditEntry } from "./record-audit.ts";
export { recordAudit } from "./record-audit.ts";
