import { memberProcedure, router } from "#server/trpc/init.ts";
import { listAlerts } from "./list-alerts.ts";

/** What an admin should know now. */
export const alertsRouter = router({
  list: memberProcedure("channels.write").query(({ ctx }) => listAlerts(ctx.verb)),
});
