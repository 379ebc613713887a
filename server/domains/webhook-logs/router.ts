import { allows } from "#server/auth/permissions.ts";
import { memberProcedure, router } from "#server/trpc/init.ts";
import { cancelReplay } from "./cancel-replay.ts";
import { chartWebhookLogs } from "./chart-webhook-logs.ts";
import { countReplay } from "./count-replay.ts";
import { exportWebhookLogs } from "./export-webhook-logs.ts";
import { findReplay } from "./find-replay.ts";
import { getWebhookLog } from "./get-webhook-log.ts";
import { claimEarlier, explainSignature, takeTestPost } from "./jobs.ts";
import { listRelated } from "./list-related.ts";
import { listAccounts } from "./list-accounts.ts";
import { listWebhookLogs } from "./list-webhook-logs.ts";
import { readLedger } from "./read-ledger.ts";
import { replayWebhookLog } from "./replay-webhook-log.ts";
import {
  accountsInput,
  claimEarlierInput,
  exportInput,
  ledgerInput,
  listRelatedInput,
  listWebhookLogsInput,
  logFilter,
  replayRef,
  searchContentsInput,
  testPostInput,
  webhookLogRef,
} from "./schemas.ts";
import { searchContents } from "./search-contents.ts";
import { startReplay } from "./start-replay.ts";

const read = memberProcedure("logs.read");
const replays = memberProcedure("logs.replay");

/** What came in, what became of it and why. */
export const webhookLogsRouter = router({
  list: read.input(listWebhookLogsInput).query(({ ctx, input }) => listWebhookLogs(ctx.verb, input)),
  export: read
    .input(exportInput)
    .query(({ ctx, input }) =>
      exportWebhookLogs(ctx.verb, input, { contents: allows(ctx.member.role, "logs.payload") }),
    ),
  /** Whoever may not read contents may not feel for them either. */
  searchContents: memberProcedure("logs.payload")
    .input(searchContentsInput)
    .query(({ ctx, input }) => searchContents(ctx.verb, input)),
  chart: read.input(logFilter).query(({ ctx, input }) => chartWebhookLogs(ctx.verb, input)),
  accounts: read.input(accountsInput).query(({ ctx, input }) => listAccounts(ctx.verb, input)),
  ledger: read.input(ledgerInput).query(({ ctx, input }) => readLedger(ctx.verb, input)),
  get: read
    .input(webhookLogRef)
    .query(({ ctx, input }) => getWebhookLog(ctx.verb, input, { contents: allows(ctx.member.role, "logs.payload") })),
  /** What else came in about the same message, call or conversation. */
  related: read.input(listRelatedInput).query(({ ctx, input }) => listRelated(ctx.verb, input)),
  /** Names channels and fields: for those who can mend them. */
  explainSignature: memberProcedure("channels.write")
    .input(webhookLogRef)
    .query(({ ctx, input }) => explainSignature(ctx.verb, input)),
  replay: replays.input(webhookLogRef).mutation(({ ctx, input }) => replayWebhookLog(ctx.verb, input)),
  /** Events that came before the channel was connected, if its secret signed them. */
  claimEarlier: replays.input(claimEarlierInput).mutation(({ ctx, input }) => claimEarlier(ctx.verb, input)),
  countReplay: replays.input(logFilter).query(({ ctx, input }) => countReplay(ctx.verb, input)),
  startReplay: replays.input(logFilter).mutation(({ ctx, input }) => startReplay(ctx.verb, input)),
  cancelReplay: replays.input(replayRef).mutation(({ ctx, input }) => cancelReplay(ctx.verb, input)),
  /** The replay that is under way or has just ended. */
  currentReplay: read.query(({ ctx }) => findReplay(ctx.verb)),
  test: memberProcedure("channels.write")
    .input(testPostInput)
    .mutation(({ ctx, input }) => takeTestPost(ctx.verb, input)),
});
