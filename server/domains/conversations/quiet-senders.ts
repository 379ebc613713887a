import { sql } from "drizzle-orm";

/** In SQL, of a row of conversations: its customer is blocked, or it is spam itself. */
export const isQuiet = (thread: string) => sql.raw(quietSql(thread));
export const quietSql = (thread: string) => `(${thread}.status = 'spam' or ${isBlocked(thread)})`;

/** In SQL, of a conversation about to be opened: what a blocked customer begins is spam from its first word. */
export const statusOfNew = (opening: string) => sql.raw(`case when ${isBlocked(opening)} then 'spam' else 'open' end`);

const isBlocked = (row: string) =>
  `(select one.status = 'blocked' from customers one where one.id = ${row}.customer_id)`;
