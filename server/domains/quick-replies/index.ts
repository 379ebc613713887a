export type { QuickReply } from "./list-quick-replies.ts";
export { listQuickReplies } from "./list-quick-replies.ts";
export { fill } from "./use-quick-reply.ts";
