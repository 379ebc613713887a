import { memberProcedure, router } from "#server/trpc/init.ts";
import { previewMacro, runMacro } from "./run-macro.ts";
import { createMacro, deleteMacro, listMacros, updateMacro } from "./save-macro.ts";
import { createMacroInput, macroRef, previewMacroInput, runMacroInput, updateMacroInput } from "./schemas.ts";

const read = memberProcedure("tickets.read");
const run = memberProcedure("tickets.write");
const write = memberProcedure("tickets.configure");

/** Several changes and a reply in one press. */
export const macrosRouter = router({
  list: read.query(({ ctx }) => listMacros(ctx.verb)),
  preview: read.input(previewMacroInput).query(({ ctx, input }) => previewMacro(ctx.verb, input)),
  run: run.input(runMacroInput).mutation(({ ctx, input }) => runMacro(ctx.verb, input)),
  create: write.input(createMacroInput).mutation(({ ctx, input }) => createMacro(ctx.verb, input)),
  update: write.input(updateMacroInput).mutation(({ ctx, input }) => updateMacro(ctx.verb, input)),
  delete: write.input(macroRef).mutation(({ ctx, input }) => deleteMacro(ctx.verb, input)),
});
