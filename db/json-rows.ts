const refused = /\\u0000|\\ud[89a-f]/i;
const refusedOrBackslash = /\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/gi;

/**
 * Rows as one JSON text for `jsonb_to_recordset`: a statement of any number of rows has one parameter
 * and one plan. Names are the columns'. What jsonb refuses (NUL, halves of surrogate pairs) is taken out.
 * Join such rows with `cross join lateral (… offset 0)`: a look-up by key for each of them, whatever the
 * planner thought of a table that was small when the plan was made.
 */
export function jsonRows(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  return refused.test(text) ? text.replace(refusedOrBackslash, (found) => (found === "\\\\" ? found : "")) : text;
}
