import { z } from "zod";
import { publicProcedure, router } from "#server/trpc/init.ts";
import { callFunctionAsAgent, hangUpAsCustomer, ringAsCustomer, sayAsCustomer } from "./play-call.ts";
import { behave, changeAtProvider, playableLines, verifyAddress, viewLine, watchLine } from "./play-line.ts";
import { mailAsCustomer } from "./play-mailbox.ts";
import { reactAsCustomer, readAsCustomer, unsendAsCustomer, writeAsBusiness, writeAsCustomer } from "./play-phone.ts";
import {
  behaveInput,
  callRef,
  echoInput,
  faultInput,
  functionInput,
  mailInput,
  messageRef,
  phoneRef,
  reactInput,
  ringInput,
  sayInput,
  verifyAddressInput,
  writeInput,
} from "./schemas.ts";

const lineRef = phoneRef.pick({ channelId: true });

/**
 * The page where one plays the customer. Public on purpose: on made-up businesses anybody may, on others
 * their members; `not_found` everywhere where the simulator is off.
 */
export const simulatorRouter = router({
  lines: publicProcedure.query(({ ctx }) => playableLines(ctx.viewer)),
  view: publicProcedure
    .input(lineRef.extend({ address: phoneRef.shape.address.optional() }))
    .query(({ ctx, input }) => viewLine(ctx.viewer, input)),
  write: publicProcedure.input(writeInput).mutation(({ ctx, input }) => writeAsCustomer(ctx.viewer, input)),
  react: publicProcedure.input(reactInput).mutation(({ ctx, input }) => reactAsCustomer(ctx.viewer, input)),
  echo: publicProcedure.input(echoInput).mutation(({ ctx, input }) => writeAsBusiness(ctx.viewer, input)),
  unsend: publicProcedure.input(messageRef).mutation(({ ctx, input }) => unsendAsCustomer(ctx.viewer, input)),
  read: publicProcedure.input(phoneRef).mutation(({ ctx, input }) => readAsCustomer(ctx.viewer, input)),
  mail: publicProcedure.input(mailInput).mutation(({ ctx, input }) => mailAsCustomer(ctx.viewer, input)),
  ring: publicProcedure.input(ringInput).mutation(({ ctx, input }) => ringAsCustomer(ctx.viewer, input)),
  say: publicProcedure.input(sayInput).mutation(({ ctx, input }) => sayAsCustomer(ctx.viewer, input)),
  callFunction: publicProcedure
    .input(functionInput)
    .mutation(({ ctx, input }) => callFunctionAsAgent(ctx.viewer, input)),
  hangUp: publicProcedure.input(callRef).mutation(({ ctx, input }) => hangUpAsCustomer(ctx.viewer, input)),
  behave: publicProcedure.input(behaveInput).mutation(({ ctx, input }) => behave(ctx.viewer, input)),
  changeAtProvider: publicProcedure.input(faultInput).mutation(({ ctx, input }) => changeAtProvider(ctx.viewer, input)),
  verifyAddress: publicProcedure
    .input(verifyAddressInput)
    .mutation(({ ctx, input }) => verifyAddress(ctx.viewer, input)),
  watch: publicProcedure.input(z.object({ channelId: z.uuid() })).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    yield* watchLine(ctx.viewer, input.channelId, signal ?? new AbortController().signal);
  }),
});
