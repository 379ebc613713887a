import { memberProcedure, router } from "#server/trpc/init.ts";
import { giveWaiting } from "#server/domains/assignment/index.ts";
import { readOwnPresence } from "./read-own.ts";
import { setAwayInput, tellViewingInput } from "./schemas.ts";
import { setAway } from "./set-away.ts";
import { tellViewing } from "./tell-viewing.ts";
import { viewersIn } from "./viewers.ts";

const watches = memberProcedure("live.watch");

/** Who is there, and who looks at what. */
export const presenceRouter = router({
  viewers: watches.query(({ ctx }) => viewersIn(ctx.verb.tenantId, Date.now())),
  tell: watches.input(tellViewingInput).mutation(({ ctx, input }) => tellViewing(ctx.verb, input)),
  own: memberProcedure("profile.write").query(({ ctx }) => readOwnPresence(ctx.verb)),
  setAway: memberProcedure("profile.write")
    .input(setAwayInput)
    .mutation(async ({ ctx, input }) => {
      await setAway(ctx.verb, input);
      if (!input.away) await giveWaiting(ctx.verb);
    }),
});
