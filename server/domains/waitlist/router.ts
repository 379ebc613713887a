import { memberProcedure, publicProcedure, router } from "#server/trpc/init.ts";
import { acceptOffer, declineOffer, openOffer } from "./answer-offer.ts";
import { leaveWaitlist, offerTime, undoLeave } from "./change-entry.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { listWaitlist } from "./list-waitlist.ts";
import { entryInput, joinWaitlistInput, listWaitlistInput, offerTimeInput, openOfferInput } from "./schemas.ts";

const writes = memberProcedure("appointments.write");
const opened = publicProcedure.input(openOfferInput);

/** Who would come if a time became free. */
export const waitlistRouter = router({
  list: memberProcedure("appointments.read")
    .input(listWaitlistInput)
    .query(({ ctx, input }) => listWaitlist(ctx.verb, input)),
  join: writes
    .input(joinWaitlistInput)
    .mutation(({ ctx, input }) => joinWaitlist(ctx.verb, { ...input, source: "manual" })),
  leave: writes.input(entryInput).mutation(({ ctx, input }) => leaveWaitlist(ctx.verb, input)),
  undoLeave: writes.input(entryInput).mutation(({ ctx, input }) => undoLeave(ctx.verb, input)),
  offer: writes.input(offerTimeInput).mutation(({ ctx, input }) => offerTime(ctx.verb, input)),
  /** For whoever has the link: no sign-in. */
  open: opened.query(({ ctx, input }) => openOffer(ctx.client.address, input, ctx.clock)),
  accept: opened.mutation(({ ctx, input }) => acceptOffer(ctx.client.address, input, ctx.clock)),
  decline: opened.mutation(({ ctx, input }) => declineOffer(ctx.client.address, input, ctx.clock)),
});
