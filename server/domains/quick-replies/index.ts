export type { QuickReply } from "./list-quick-replies.ts";
export { listQuickReplies } from "./list-quick-replies.ts";
