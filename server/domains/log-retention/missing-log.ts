import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { instantOf } from "#server/core/ids.ts";
import { getLogRetention } from "./get-log-retention.ts";

/** Why an event is not in the log: `log_removed` where its day is kept no longer, else there is no such event. */
export async function missingLog(ctx: Ctx, id: string): Promise<DomainError> {
  return (await isExpired(ctx, id)) ? new DomainError("not_found", "log_removed") : notFound();
}

/** Whether an event of this id would be older than the log goes back: its id carries when it came. */
async function isExpired(ctx: Ctx, id: string): Promise<boolean> {
  // Only ids of ours carry a time.
  if (id[14] !== "7") return false;
  const { from } = await getLogRetention(ctx);
  return instantOf(id) < from;
}
