import { memberProcedure, router } from "#server/trpc/init.ts";
import { systemMailState } from "#server/system-mail/index.ts";
import { listAlerts, listPastAlerts } from "./list-alerts.ts";
import { alertHistoryInput } from "./schemas.ts";

const sees = memberProcedure("channels.write");

/** What an admin should know: now, and what is over. */
export const alertsRouter = router({
  list: sees.query(({ ctx }) => listAlerts(ctx.verb)),
  past: sees.input(alertHistoryInput).query(({ ctx, input }) => listPastAlerts(ctx.verb, input)),
  /** Whether alerts are sent by mail here at all. */
  mails: memberProcedure("profile.write").query(() => systemMailState()),
});
