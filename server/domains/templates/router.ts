import { memberProcedure, router } from "#server/trpc/init.ts";
import { enableTemplate } from "./enable-template.ts";
import { syncTemplates } from "./jobs.ts";
import { listTemplates } from "./list-templates.ts";
import { previewTemplate } from "./preview-template.ts";
import { enableTemplateInput, listTemplatesInput, previewTemplateInput, syncTemplatesInput } from "./schemas.ts";

const writes = memberProcedure("channels.write");

/** Messages that a provider approved beforehand. */
export const templatesRouter = router({
  list: memberProcedure("channels.read")
    .input(listTemplatesInput)
    .query(({ ctx, input }) => listTemplates(ctx.verb, input)),
  preview: memberProcedure("conversations.reply")
    .input(previewTemplateInput)
    .query(({ ctx, input }) => previewTemplate(ctx.verb, input)),
  setEnabled: writes.input(enableTemplateInput).mutation(({ ctx, input }) => enableTemplate(ctx.verb, input)),
  sync: writes.input(syncTemplatesInput).mutation(({ ctx, input }) => syncTemplates(ctx.verb, input)),
});
