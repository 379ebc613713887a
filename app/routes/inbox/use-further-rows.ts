import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";

import { onChange, paced } from "#app/shell/live.ts";
import type { Api } from "#app/shell/live-connection.lazy.ts";
import { useShell } from "#app/shell/shell-data.ts";

import type { ListRow } from "./data.ts";
import { addPage, allRows, keepPushedOut, nothingFurther, replaceRows, type FurtherRows } from "./further-rows.ts";
import { filterOf, type InboxAddress } from "./inbox-address.ts";
import { usePages } from "./use-pages.ts";

/** Rows of a page, and of those that changed, that the server gives at once. */
const perPage = 200;
const perLook = 100;
/** Milliseconds from a change to a look at the rows that it names: the first page, which is in sight, goes ahead. */
const after = 100;
/** Milliseconds between two looks. */
const every = 500;

type Asked = Pick<Parameters<Api["conversations"]["list"]["query"]>[0] & object, "view" | "filter" | "query">;
type Page = Pick<Awaited<ReturnType<Api["conversations"]["list"]["query"]>>, "rows" | "nextCursor">;

/**
 * A list beyond its live first page: pages that are fetched once, as one comes near them, and of which only the rows that
 * change are looked at again.
 */
export function useFurtherRows(first: ListRow[], nextCursor: string | null, { view, narrow, query }: InboxAddress) {
  const [known, setKnown] = useState<{ first: ListRow[]; further: FurtherRows | null }>({ first, further: null });
  if (known.first !== first) {
    setKnown({ first, further: known.further && keepPushedOut(known.further, known.first, first) });
  }
  const filter = JSON.stringify(filterOf(narrow));
  const asked = useMemo<Asked>(() => ({ view, filter: JSON.parse(filter), query }), [view, filter, query]);
  const read = useCallback(
    ({ conversations }: Api, cursor: string, options: { signal: AbortSignal }): Promise<Page> =>
      conversations.list.query({ ...asked, cursor, limit: perPage }, options),
    [asked],
  );
  const came = useCallback((page: Page, cursor: string) => {
    setKnown(({ first: now, further }) => ({
      first: now,
      further: addPage(further ?? nothingFurther(now, cursor), page),
    }));
  }, []);
  const { ask, busy } = usePages(read, came);
  const { further } = known;
  useLiveRows(asked, further, (ids, rows) =>
    setKnown((now) => ({ ...now, further: now.further && replaceRows(now.further, ids, rows) })),
  );
  const next = further ? further.nextCursor : nextCursor;
  const rows = useMemo(() => (further ? allRows(first, further) : first), [first, further]);
  return { rows, next, more: () => next && ask(next), busy };
}

/** Looks at rows beyond the first page again when they change: at all of them where nobody knows which did. */
function useLiveRows(
  asked: Asked,
  further: FurtherRows | null,
  heard: (ids: ReadonlySet<string>, rows: ListRow[]) => void,
): void {
  const { slug } = useShell().tenant;
  const changed = useRef(new Set<string>());
  const isKnown = further !== null;
  const note = useEffectEvent((ids: readonly string[] | "*") => {
    const concerned = ids === "*" ? (further?.rows.map(({ id }) => id) ?? []) : ids;
    for (const id of concerned) changed.current.add(id);
  });
  const hear = useEffectEvent(heard);
  useEffect(() => {
    if (!isKnown) return;
    const gone = new AbortController();
    const waiting = changed.current;
    const look = async () => {
      const { clientFor } = await import("#app/shell/live-connection.lazy.ts");
      const ids = [...waiting].slice(0, perLook);
      if (ids.length === 0) return;
      ids.forEach((id) => waiting.delete(id));
      const page = await clientFor(slug)
        .conversations.list.query({ ...asked, among: ids, limit: perLook }, { signal: gone.signal })
        .catch(() => null);
      if (page && !gone.signal.aborted) hear(new Set(ids), page.rows);
      // What could not be asked is asked with the next news: a connection that returns tells that anything may have changed.
      if (waiting.size > 0) pace.ask();
    };
    const pace = paced(look, after, every);
    const stop = onChange((change) => {
      if (change !== null && change.topic !== "conversations" && change.topic !== "messages") return;
      note(change?.ids ?? "*");
      if (waiting.size > 0) pace.ask();
    });
    document.addEventListener("visibilitychange", pace.resume);
    return () => {
      stop();
      pace.stop();
      gone.abort();
      document.removeEventListener("visibilitychange", pace.resume);
    };
  }, [slug, asked, isKnown]);
}
