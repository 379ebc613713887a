export { escaped } from "./escaped.ts";
export { sendSystemMail } from "./send-system-mail.ts";
export { systemMailState, type SystemMailState } from "./system-mail-state.ts";
export type { MailOutcome, SystemMail } from "./system-mail.ts";
