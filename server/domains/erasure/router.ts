import { memberProcedure, router } from "#server/trpc/init.ts";
import { countErasure } from "./count-erasure.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { erasureInput } from "./schemas.ts";

const erases = memberProcedure("customers.erase");

/** Taking a person away (GDPR). */
export const erasureRouter = router({
  count: erases.input(erasureInput).query(({ ctx, input }) => countErasure(ctx.verb, input)),
  create: erases.input(erasureInput).mutation(({ ctx, input }) => eraseCustomer(ctx.verb, input)),
});
