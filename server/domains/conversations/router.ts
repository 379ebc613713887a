import { memberProcedure, router } from "#server/trpc/init.ts";
import { addConversationNote } from "./add-note.ts";
import { assignConversation } from "./assign-conversation.ts";
import { assignConversationTeam } from "./assign-team.ts";
import { blockSender, unblockSender } from "./block-sender.ts";
import {
  archiveConversation,
  markSpam,
  reopenConversation,
  resolveConversation,
} from "./change-conversation-status.ts";
import { getConversation } from "./get-conversation.ts";
import { giveUpMessage } from "./give-up-message.ts";
import { labelConversation } from "./label-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { listPerson } from "./list-person.ts";
import { markConversationRead, markPersonRead } from "./mark-read.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { openConversation } from "./open-conversation.ts";
import { openPerson } from "./open-person.ts";
import { previewMerge } from "./preview-merge.ts";
import { reactToMessage } from "./react-to-message.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { retryMessage } from "./retry-message.ts";
import { scheduleReply } from "./schedule-reply.ts";
import { sendReplyNow, takeBackReply } from "./take-back-reply.ts";
import { sendTemplate } from "./send-template.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { undoConversationChange } from "./undo-change.ts";
import { unmergeConversations } from "./unmerge-conversations.ts";
import {
  archiveInput,
  assignInput,
  assignTeamInput,
  conversationRef,
  labelConversationInput,
  listConversationsInput,
  listThreadInput,
  mergeConversationInput,
  noteInput,
  listPersonInput,
  openPersonInput,
  personRef,
  reactInput,
  replyInput,
  retryInput,
  scheduledRef,
  scheduleReplyInput,
  sendTemplateInput,
  snoozeInput,
  spamInput,
  undoInput,
} from "./schemas.ts";

const reads = memberProcedure("conversations.read");
const replies = memberProcedure("conversations.reply");

/** The inbox. */
export const conversationsRouter = router({
  list: reads.input(listConversationsInput).query(({ ctx, input }) => listConversations(ctx.verb, input)),
  open: reads.input(conversationRef).query(({ ctx, input }) => openConversation(ctx.verb, input)),
  get: reads.input(conversationRef).query(({ ctx, input }) => getConversation(ctx.verb, input)),
  thread: reads.input(listThreadInput).query(({ ctx, input }) => listThread(ctx.verb, input)),
  reply: replies.input(replyInput).mutation(({ ctx, input }) => replyToConversation(ctx.verb, input)),
  schedule: replies.input(scheduleReplyInput).mutation(({ ctx, input }) => scheduleReply(ctx.verb, input)),
  takeBack: replies.input(scheduledRef).mutation(({ ctx, input }) => takeBackReply(ctx.verb, input)),
  sendNow: replies.input(scheduledRef).mutation(({ ctx, input }) => sendReplyNow(ctx.verb, input)),
  retry: replies.input(retryInput).mutation(({ ctx, input }) => retryMessage(ctx.verb, input)),
  sendTemplate: replies.input(sendTemplateInput).mutation(({ ctx, input }) => sendTemplate(ctx.verb, input)),
  react: replies.input(reactInput).mutation(({ ctx, input }) => reactToMessage(ctx.verb, input)),
  giveUp: replies.input(retryInput).mutation(({ ctx, input }) => giveUpMessage(ctx.verb, input)),
  addNote: replies.input(noteInput).mutation(({ ctx, input }) => addConversationNote(ctx.verb, input)),
  markRead: replies.input(conversationRef).mutation(({ ctx, input }) => markConversationRead(ctx.verb, input)),
  assign: replies.input(assignInput).mutation(({ ctx, input }) => assignConversation(ctx.verb, input)),
  assignTeam: replies.input(assignTeamInput).mutation(({ ctx, input }) => assignConversationTeam(ctx.verb, input)),
  resolve: replies.input(conversationRef).mutation(({ ctx, input }) => resolveConversation(ctx.verb, input)),
  reopen: replies.input(conversationRef).mutation(({ ctx, input }) => reopenConversation(ctx.verb, input)),
  archive: replies.input(archiveInput).mutation(({ ctx, input }) => archiveConversation(ctx.verb, input)),
  snooze: replies.input(snoozeInput).mutation(({ ctx, input }) => snoozeConversation(ctx.verb, input)),
  markSpam: replies.input(spamInput).mutation(({ ctx, input }) => markSpam(ctx.verb, input)),
  block: replies.input(conversationRef).mutation(({ ctx, input }) => blockSender(ctx.verb, input)),
  unblock: replies.input(conversationRef).mutation(({ ctx, input }) => unblockSender(ctx.verb, input)),
  label: replies.input(labelConversationInput).mutation(({ ctx, input }) => labelConversation(ctx.verb, input)),
  previewMerge: replies.input(conversationRef).query(({ ctx, input }) => previewMerge(ctx.verb, input)),
  merge: replies.input(mergeConversationInput).mutation(({ ctx, input }) => mergeConversations(ctx.verb, input)),
  unmerge: replies.input(conversationRef).mutation(({ ctx, input }) => unmergeConversations(ctx.verb, input)),
  openPerson: reads.input(openPersonInput).query(({ ctx, input }) => openPerson(ctx.verb, input)),
  person: reads.input(listPersonInput).query(({ ctx, input }) => listPerson(ctx.verb, input)),
  markPersonRead: replies.input(personRef).mutation(({ ctx, input }) => markPersonRead(ctx.verb, input)),
  undo: replies.input(undoInput).mutation(({ ctx, input }) => undoConversationChange(ctx.verb, input)),
});
