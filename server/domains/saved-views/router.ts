import { memberProcedure, router } from "#server/trpc/init.ts";
import { listViews } from "./list-views.ts";
import { removeView, renameView, saveView, shareView, updateView } from "./save-view.ts";
import { listViewsInput, renameViewInput, saveViewInput, shareViewInput, updateViewInput, viewRef } from "./schemas.ts";

/** Filters of lists with a name. Who may keep one is who sees the list: each verb looks. */
const writes = memberProcedure("profile.write");

export const savedViewsRouter = router({
  list: writes.input(listViewsInput).query(({ ctx, input }) => listViews(ctx.verb, input)),
  save: writes.input(saveViewInput).mutation(({ ctx, input }) => saveView(ctx.verb, input)),
  rename: writes.input(renameViewInput).mutation(({ ctx, input }) => renameView(ctx.verb, input)),
  update: writes.input(updateViewInput).mutation(({ ctx, input }) => updateView(ctx.verb, input)),
  remove: writes.input(viewRef).mutation(({ ctx, input }) => removeView(ctx.verb, input)),
  share: memberProcedure("views.share")
    .input(shareViewInput)
    .mutation(({ ctx, input }) => shareView(ctx.verb, input)),
});
