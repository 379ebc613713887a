import { memberProcedure, router } from "#server/trpc/init.ts";
import { compareAssistant } from "./compare-assistant.ts";
import { readAssistant } from "./read-versions.ts";
import { saveAssistant } from "./save-assistant.ts";
import { assistantRef, saveAssistantInput, sendAssistantInput } from "./schemas.ts";
import { sendAssistant } from "./send-assistant.ts";

const reads = memberProcedure("channels.read");
const configures = memberProcedure("channels.write");

/** What voice agents are to be, and what their providers have. */
export const assistantsRouter = router({
  get: reads.input(assistantRef).query(({ ctx, input }) => readAssistant(ctx.verb, input)),
  compare: configures.input(assistantRef).query(({ ctx, input }) => compareAssistant(ctx.verb, input)),
  save: configures.input(saveAssistantInput).mutation(({ ctx, input }) => saveAssistant(ctx.verb, input)),
  send: configures.input(sendAssistantInput).mutation(({ ctx, input }) => sendAssistant(ctx.verb, input)),
});
