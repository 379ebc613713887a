import { memberProcedure, router } from "#server/trpc/init.ts";
import { listLabels } from "./list-labels.ts";
import { createLabel, deleteLabel, updateLabel } from "./save-label.ts";
import { labelFields, labelRef, updateLabelInput } from "./schemas.ts";

const writes = memberProcedure("labels.write");

/** Words that conversations are sorted by. */
export const labelsRouter = router({
  list: memberProcedure("conversations.read").query(({ ctx }) => listLabels(ctx.verb)),
  create: writes.input(labelFields).mutation(({ ctx, input }) => createLabel(ctx.verb, input)),
  update: writes.input(updateLabelInput).mutation(({ ctx, input }) => updateLabel(ctx.verb, input)),
  delete: writes.input(labelRef).mutation(({ ctx, input }) => deleteLabel(ctx.verb, input)),
});
