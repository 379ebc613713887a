export { addConversationNote } from "./add-note.ts";
export { assignConversation } from "./assign-conversation.ts";
export { reopenConversation, resolveConversation } from "./change-conversation-status.ts";
export { countConversations } from "./count-conversations.ts";
export { getConversation } from "./get-conversation.ts";
export { listConversations } from "./list-conversations.ts";
export { listThread } from "./list-thread.ts";
export { markConversationRead } from "./mark-read.ts";
export { replyToConversation } from "./reply-to-conversation.ts";
