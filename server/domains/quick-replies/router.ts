import { memberProcedure, router } from "#server/trpc/init.ts";
import { listQuickReplies } from "./list-quick-replies.ts";
import { createQuickReply, deleteQuickReply, updateQuickReply } from "./save-quick-reply.ts";
import { quickReplyFields, quickReplyRef, updateQuickReplyInput, useQuickReplyInput } from "./schemas.ts";
import { fillQuickReply } from "./use-quick-reply.ts";

/** Whoever answers may have their own; everybody's need `quick_replies.write`, which the verbs look at. */
const writes = memberProcedure("conversations.reply");

/** Ready-made answers. */
export const quickRepliesRouter = router({
  list: memberProcedure("conversations.read").query(({ ctx }) => listQuickReplies(ctx.verb)),
  use: memberProcedure("conversations.reply")
    .input(useQuickReplyInput)
    .mutation(({ ctx, input }) => fillQuickReply(ctx.verb, input)),
  create: writes.input(quickReplyFields).mutation(({ ctx, input }) => createQuickReply(ctx.verb, input)),
  update: writes.input(updateQuickReplyInput).mutation(({ ctx, input }) => updateQuickReply(ctx.verb, input)),
  delete: writes.input(quickReplyRef).mutation(({ ctx, input }) => deleteQuickReply(ctx.verb, input)),
});
