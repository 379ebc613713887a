import { memberProcedure, router } from "#server/trpc/init.ts";
import { getOverview } from "./get-overview.ts";

export const overviewRouter = router({
  get: memberProcedure("overview.read").query(({ ctx }) => getOverview(ctx.verb)),
});
