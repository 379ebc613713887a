import { partsOfThread } from "./find-conversation.ts";
import { placeInTime } from "./place-in-time.ts";
import type { ListThreadInput } from "./schemas.ts";

/** A message's place in its thread. */
interface Placed {
  id: string;
  occurredAt: Date;
}

export interface ThreadRange {
  /** Selects the messages, one more on each side that may go on; `$1` is the tenant, `$2` whose messages. */
  sql: string;
  /** From `$3` on. */
  params: unknown[];
  /** The page without what only tells that there is more. Takes rows oldest first. */
  pageOf<R extends Placed>(rows: readonly R[]): { page: R[]; hasOlder: boolean; hasNewer: boolean };
}

type Place = Pick<ListThreadInput, "before" | "after" | "around"> & { limit: number };

/** Whose messages are read: `$2` in SQL. */
export interface MessageSource {
  /** Holds for a message of theirs. */
  has: string;
  /** Holds for a message `m` that says by which conversation it came. */
  saysWay: string;
  /** Selects so many of them in one order of time, by its index. */
  read(and: string, order: "asc" | "desc", most: number): string;
}

/** A conversation with those that were merged into it. Each is read by its index, however uneven they are. */
export const ofThread: MessageSource = {
  has: `conversation_id in (${partsOfThread("$2::uuid")})`,
  saysWay:
    "m.conversation_id <> (select coalesce(thread_id, id) from conversations where tenant_id = $1 and id = $2::uuid)",
  read: (and, order, most) => `
    select said.* from (${partsOfThread("$2::uuid")}) part
     cross join lateral (
       select * from messages where tenant_id = $1 and conversation_id = part.id ${and}
        order by occurred_at ${order}, id ${order} limit ${most}) said
     order by said.occurred_at ${order}, said.id ${order} limit ${most}`,
};

/** A customer, on whatever channel. */
export const ofCustomer: MessageSource = {
  has: "customer_id = $2::uuid",
  saysWay: "true",
  read: (and, order, most) =>
    `select * from messages where tenant_id = $1 and customer_id = $2::uuid ${and} order by occurred_at ${order}, id ${order} limit ${most}`,
};

/** Which stretch of a thread a page is. Throws `invalid` for a cursor that is none of ours. */
export function threadRange({ before, after, around, limit }: Place, source: MessageSource): ThreadRange {
  if (around) return aroundMessage(source, around, limit);
  if (after) {
    const { at, id } = placeInTime(after);
    return {
      sql: later(source, "$3::timestamptz", "$4::uuid", limit + 1),
      params: [at, id],
      pageOf: (rows) => ({ page: rows.slice(0, limit), hasOlder: true, hasNewer: rows.length > limit }),
    };
  }
  const until = before ? placeInTime(before) : null;
  return {
    sql: until ? earlier(source, "<", "$3::timestamptz", "$4::uuid", limit + 1) : source.read("", "desc", limit + 1),
    params: until ? [until.at, until.id] : [],
    pageOf: (rows) => ({ page: rows.slice(-limit), hasOlder: rows.length > limit, hasNewer: until !== null }),
  };
}

function aroundMessage(source: MessageSource, id: string, limit: number): ThreadRange {
  const half = Math.ceil(limit / 2);
  return {
    sql: `select near.* from (select id, occurred_at from messages where tenant_id = $1 and id = $3::uuid and ${source.has}) place
            cross join lateral ((${earlier(source, "<=", "place.occurred_at", "place.id", half + 1)})
                union all (${later(source, "place.occurred_at", "place.id", half + 1)})) near`,
    params: [id],
    pageOf: (rows) => {
      const at = rows.findIndex((row) => row.id === id);
      const from = Math.max(0, at + 1 - half);
      return { page: rows.slice(from, at + 1 + half), hasOlder: from > 0, hasNewer: rows.length > at + 1 + half };
    },
  };
}

const earlier = (source: MessageSource, than: "<" | "<=", at: string, id: string, most: number) =>
  source.read(`and (occurred_at, id) ${than} (${at}, ${id})`, "desc", most);

const later = (source: MessageSource, at: string, id: string, most: number) =>
  source.read(`and (occurred_at, id) > (${at}, ${id})`, "asc", most);
