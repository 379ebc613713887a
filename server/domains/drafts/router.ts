import { memberProcedure, router } from "#server/trpc/init.ts";
import { saveDraft } from "./save-draft.ts";
import { saveDraftInput } from "./schemas.ts";

/** What members are writing. */
export const draftsRouter = router({
  save: memberProcedure("conversations.reply")
    .input(saveDraftInput)
    .mutation(({ ctx, input }) => saveDraft(ctx.verb, input)),
});
