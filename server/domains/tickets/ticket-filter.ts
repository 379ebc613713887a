import type { TicketFilter } from "./schemas.ts";
import { conditionOf, ofMember } from "./ticket-views.ts";

/** Adds a parameter to a statement whose `$1` is the tenant, and answers its placeholder. */
export type Put = (value: unknown) => string;

export interface FilterSql {
  /** What the view holds. */
  view: string;
  /** What else is asked for. */
  narrowing: string[];
}

/** Ids that a search finds through its index, at most. */
const mostFound = 1001;

/**
 * A filter of the queue as SQL over tickets `t`; `me` is the member whose queue it is. `doneToo`: a view of open
 * work, and what of the same is done.
 */
export function filterSql(filter: TicketFilter, me: string | null, put: Put, { doneToo = false } = {}): FilterSql {
  const wordsSql = (words: string) =>
    `t.id = any(array(select id from door.search_tickets(${put(words)}, ${mostFound})))`;
  return sqlOf(filter, me, put, wordsSql, doneToo);
}

/** The same for rows that are looked at one after the other: words are compared with each of them, however many match. */
export function filterSqlRowByRow(filter: TicketFilter, me: string | null, put: Put): FilterSql {
  return sqlOf(filter, me, put, (words) => `t.subject ilike all(${put(patternsOf(words))}::text[])`);
}

function sqlOf(
  filter: TicketFilter,
  me: string | null,
  put: Put,
  wordsSql: (words: string) => string,
  doneToo = false,
): FilterSql {
  const narrowing: string[] = [];
  const { status, priority, assignee, teamId, channel, categoryId, search } = filter;
  // Only some views name the member: a parameter that nothing uses has no type.
  const view = conditionOf(filter.view, ofMember.has(filter.view) ? put(me) : "", { doneToo });
  if (status?.length)
    narrowing.push(`t.status = ${status.length === 1 ? put(status[0]) : `any(${put(status)}::text[])`}`);
  if (priority?.length) narrowing.push(`t.priority = any(${put(priority)}::text[])`);
  if (assignee === "none") narrowing.push("t.assignee_id is null");
  else if (assignee) narrowing.push(`t.assignee_id = ${put(assignee === "me" ? me : assignee)}::uuid`);
  if (teamId) narrowing.push(`t.team_id = ${put(teamId)}::uuid`);
  if (channel) narrowing.push(`t.channel_type = ${put(channel)}`);
  if (categoryId) narrowing.push(`t.category_id = ${put(categoryId)}::uuid`);
  if (search) {
    const number = /^#?(\d{1,9})$/.exec(search)?.[1];
    narrowing.push(number ? `t.number = ${put(Number(number))}::bigint` : wordsSql(search));
  }
  return { view, narrowing };
}

/** As `door.all_words_like` reads words: eight at most, wildcards taken literally. */
function patternsOf(words: string): string[] {
  const some = words.split(" ").filter((word) => word !== "");
  return some.slice(0, 8).map((word) => `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`);
}
