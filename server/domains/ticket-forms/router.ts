import { memberProcedure, router } from "#server/trpc/init.ts";
import { readTicketForm } from "./read-ticket-form.ts";
import { archiveCategory, createCategory, moveCategory, renameCategory } from "./save-category.ts";
import { archiveField, createField, moveField, updateField } from "./save-field.ts";
import {
  archiveCategoryInput,
  archiveFieldInput,
  createCategoryInput,
  createFieldInput,
  createTemplateInput,
  moveCategoryInput,
  moveFieldInput,
  renameCategoryInput,
  templateRef,
  updateFieldInput,
  updateTemplateInput,
} from "./schemas.ts";
import { createTicketTemplate, deleteTicketTemplate, listTicketTemplates, updateTicketTemplate } from "./templates.ts";

const read = memberProcedure("tickets.read");
const write = memberProcedure("tickets.configure");

/** What a business asks of its tickets, and what new ones may begin with. */
export const ticketFormsRouter = router({
  read: read.query(({ ctx }) => readTicketForm(ctx.verb)),
  categories: router({
    create: write.input(createCategoryInput).mutation(({ ctx, input }) => createCategory(ctx.verb, input)),
    rename: write.input(renameCategoryInput).mutation(({ ctx, input }) => renameCategory(ctx.verb, input)),
    archive: write.input(archiveCategoryInput).mutation(({ ctx, input }) => archiveCategory(ctx.verb, input)),
    move: write.input(moveCategoryInput).mutation(({ ctx, input }) => moveCategory(ctx.verb, input)),
  }),
  fields: router({
    create: write.input(createFieldInput).mutation(({ ctx, input }) => createField(ctx.verb, input)),
    update: write.input(updateFieldInput).mutation(({ ctx, input }) => updateField(ctx.verb, input)),
    archive: write.input(archiveFieldInput).mutation(({ ctx, input }) => archiveField(ctx.verb, input)),
    move: write.input(moveFieldInput).mutation(({ ctx, input }) => moveField(ctx.verb, input)),
  }),
  templates: router({
    list: read.query(({ ctx }) => listTicketTemplates(ctx.verb)),
    create: write.input(createTemplateInput).mutation(({ ctx, input }) => createTicketTemplate(ctx.verb, input)),
    update: write.input(updateTemplateInput).mutation(({ ctx, input }) => updateTicketTemplate(ctx.verb, input)),
    delete: write.input(templateRef).mutation(({ ctx, input }) => deleteTicketTemplate(ctx.verb, input)),
  }),
});
