export { applyMessageEvents, type MessageEvent } from "./apply-message-events.ts";
export { resolveConversation } from "./change-conversation-status.ts";
export { countConversations } from "./count-conversations.ts";
export { receiveMessages, type InboundMessage, type ReceivedMessage } from "./receive-messages.ts";
