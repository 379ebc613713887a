import { memberProcedure, router } from "#server/trpc/init.ts";
import { liveVersion } from "./live-version.ts";
import { watchChanges } from "./watch-changes.ts";

const watches = memberProcedure("live.watch");

/** What changes while one looks. */
export const liveRouter = router({
  changes: watches.subscription(({ ctx, signal }) => watchChanges(ctx.verb, signal)),
  version: watches.query(({ ctx }) => liveVersion(ctx.verb)),
});
