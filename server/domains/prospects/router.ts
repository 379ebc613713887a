import { memberProcedure, router } from "#server/trpc/init.ts";
import { changeProspectStatus } from "./change-status.ts";
import { convertProspect, undoConversion } from "./convert-prospect.ts";
import { createProspect } from "./create-prospect.ts";
import { getProspect } from "./get-prospect.ts";
import { countProspects, exportProspects, listProspects } from "./list-prospects.ts";
import { getProspectFigures } from "./prospect-figures.ts";
import { readBoard } from "./read-board.ts";
import {
  boardInput,
  countInput,
  createInput,
  exportInput,
  figuresInput,
  listInput,
  prospectInput,
  reasonInput,
  statusInput,
  updateInput,
} from "./schemas.ts";
import { suggestWords } from "./suggest-words.ts";
import { updateProspect } from "./update-prospect.ts";

const reads = memberProcedure("prospects.read");
const writes = memberProcedure("prospects.write");

/** Customers who may buy. */
export const prospectsRouter = router({
  list: reads.input(listInput).query(({ ctx, input }) => listProspects(ctx.verb, input)),
  counts: reads.input(countInput).query(({ ctx, input }) => countProspects(ctx.verb, input)),
  export: reads.input(exportInput).query(({ ctx, input }) => exportProspects(ctx.verb, input)),
  board: reads.input(boardInput).query(({ ctx, input }) => readBoard(ctx.verb, input)),
  get: reads.input(prospectInput).query(({ ctx, input }) => getProspect(ctx.verb, input)),
  suggestions: reads.query(({ ctx }) => suggestWords(ctx.verb)),
  figures: memberProcedure("analytics.read")
    .input(figuresInput)
    .query(({ ctx, input }) => getProspectFigures(ctx.verb, input)),
  create: writes.input(createInput).mutation(({ ctx, input }) => createProspect(ctx.verb, input)),
  update: writes.input(updateInput).mutation(({ ctx, input }) => updateProspect(ctx.verb, input)),
  changeStatus: writes.input(statusInput).mutation(({ ctx, input }) => changeProspectStatus(ctx.verb, input)),
  convert: writes.input(reasonInput).mutation(({ ctx, input }) => convertProspect(ctx.verb, input)),
  undoConversion: writes.input(prospectInput).mutation(({ ctx, input }) => undoConversion(ctx.verb, input)),
});
