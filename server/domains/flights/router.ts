import { memberProcedure, router } from "#server/trpc/init.ts";
import { recordFlight } from "./record-flight.ts";
import { flightInput } from "./schemas.ts";

/** The flight recorder. */
export const flightsRouter = router({
  get: memberProcedure("logs.read")
    .input(flightInput)
    .query(({ ctx, input }) => recordFlight(ctx.verb, input)),
});
