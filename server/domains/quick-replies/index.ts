export type { QuickReply } from "./list-quick-replies.ts";
export { listQuickReplies } from "./list-quick-replies.ts";
export { createQuickReply } from "./save-quick-reply.ts";
