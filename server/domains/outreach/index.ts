export type { Unreached } from "./choose-reach.ts";
export { listNoticeTemplates, type NoticeTemplate } from "./notice-templates.ts";
export { type WrittenTo, writeToCustomer } from "./write-to-customer.ts";
