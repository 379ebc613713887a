import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { instantOf } from "#server/core/ids.ts";
import { eventsInOrder } from "./events-in-order.ts";
import type { WebhookLogRow } from "./list-webhook-logs.ts";
import { logsPerPage, shownColumns, withChannel } from "./list-webhook-logs.ts";
import type { SearchContentsInput } from "./schemas.ts";

export interface ContentsFound {
  /** Events whose content has the text, the newest first. */
  rows: WebhookLogRow[];
  /** Where to go on from; null once every event of the filter was looked through. */
  next: string | null;
  /** How far back was looked; null where everything was. */
  lookedBackTo: Date | null;
}

/**
 * Events looked through at a time. Contents have no index: one would cost every event that arrives more
 * than this costs the few who ask. 10,000 events of a kilobyte are about 60 ms of the database's CPU.
 */
export const eventsLookedThrough = 10_000;

/** Events of a filter whose content has a text, letter case aside, in the provider's own words. */
export async function searchContents(
  ctx: Ctx,
  { text, after, ...filter }: SearchContentsInput,
  { lookThrough = eventsLookedThrough } = {},
): Promise<ContentsFound> {
  return withTenant(ctx, async (tx) => {
    const params: unknown[] = [ctx.tenantId];
    const put = (value: unknown) => `$${params.push(value)}`;
    const events = await eventsInOrder(tx, filter, { order: "desc", most: lookThrough, below: after }, put);
    const boundary = tx.raw.unsafe<{ id: string }[]>(
      `select log.id from ${events} order by log.id desc offset ${lookThrough - 1} limit 1`,
      params as never[],
      { prepare: true },
    );
    const hits = tx.raw.unsafe<WebhookLogRow[]>(
      `select ${shownColumns}
         from (select log.* from ${events}
                where log.payload::text ilike $${params.length + 1} order by log.id desc limit ${logsPerPage + 1}) log
              ${withChannel}
        order by log.id desc`,
      [...params, patternOf(text)] as never[],
      { prepare: true },
    );
    const [[last], found] = await Promise.all([boundary, hits]);
    const rows = found.slice(0, logsPerPage);
    if (found.length > logsPerPage) return { rows, next: rows.at(-1)!.id, lookedBackTo: null };
    return { rows, next: last?.id ?? null, lookedBackTo: last ? instantOf(last.id) : null };
  });
}

/** As it stands in JSON, its wildcards meaning themselves. */
function patternOf(text: string): string {
  return `%${JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\\%_]/g, "\\$&")}%`;
}
