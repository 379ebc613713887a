import { z } from "zod";
import { publicProcedure, router } from "#server/trpc/init.ts";
import { behave, playableLines, readAsCustomer, viewPhone, watchLine, writeAsCustomer } from "./play-phone.ts";
import { behaveInput, phoneRef, writeInput } from "./schemas.ts";

const lineRef = phoneRef.pick({ channelId: true });

/**
 * The page where one plays the customer. Public on purpose: on made-up businesses anybody may, on others
 * their members; `not_found` everywhere where the simulator is off.
 */
export const simulatorRouter = router({
  lines: publicProcedure.query(({ ctx }) => playableLines(ctx.viewer)),
  phone: publicProcedure
    .input(lineRef.extend({ address: phoneRef.shape.address.optional() }))
    .query(({ ctx, input }) => viewPhone(ctx.viewer, input)),
  write: publicProcedure.input(writeInput).mutation(({ ctx, input }) => writeAsCustomer(ctx.viewer, input)),
  read: publicProcedure.input(phoneRef).mutation(({ ctx, input }) => readAsCustomer(ctx.viewer, input)),
  behave: publicProcedure.input(behaveInput).mutation(({ ctx, input }) => behave(ctx.viewer, input)),
  watch: publicProcedure.input(z.object({ channelId: z.uuid() })).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    yield* watchLine(ctx.viewer, input.channelId, signal ?? new AbortController().signal);
  }),
});
