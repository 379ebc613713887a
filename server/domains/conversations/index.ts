export { answerMessage } from "./answer-message.ts";
export { applyMessageEvents, type MessageEvent } from "./apply-message-events.ts";
export { resolveConversation } from "./change-conversation-status.ts";
export { countConversations } from "./count-conversations.ts";
export { writeCallLines, type CallLine, type CallPlace } from "./write-call-lines.ts";
export { receiveMessages, type InboundMessage, type ReceivedMessage } from "./receive-messages.ts";
export { sendToAddress, type SentToAddress } from "./send-to-address.ts";
export { sendToAddressInput } from "./schemas.ts";
