import { useCallback, useEffect, useRef, useState } from "react";

import type { Api } from "#app/shell/live-connection.lazy.ts";
import { askPatiently } from "#app/shell/patient-fetch.ts";
import { useShell } from "#app/shell/shell-data.ts";

/** Asks for the page at a place of a list; the signal ends it when nobody waits any more. */
export type ReadPage<Place, Page> = (api: Api, place: Place, options: { signal: AbortSignal }) => Promise<Page>;

interface Pages<Place> {
  /** Fetches the page at a place, unless it came or is on its way; after the one that is on its way. */
  ask: (place: Place) => void;
  busy: boolean;
}

/**
 * Reads further pages of a list, one at a time and each once, however often they are asked for. They are read past the
 * router, which would cut off what is on its way, and ask for it again, with every piece of news. Without a network a page
 * comes when there is one; one that is refused can be asked for again. `read` and `came` stay the same ones.
 */
export function usePages<Place, Page>(
  read: ReadPage<Place, Page>,
  came: (page: Page, place: Place) => void,
): Pages<Place> {
  const { slug } = useShell().tenant;
  const [busy, setBusy] = useState(false);
  const pages = useRef<Known<Place>>({ here: new Set(), onItsWay: null, wanted: null });
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);
  const ask = useCallback(
    (place: Place) => {
      const known = pages.current;
      const { signal } = leaving.current;
      const key = JSON.stringify(place);
      if (known.here.has(key) || known.onItsWay === key) return;
      if (known.onItsWay !== null) {
        known.wanted = place;
        return;
      }
      known.onItsWay = key;
      setBusy(true);
      const rest = () => {
        known.onItsWay = null;
        setBusy(false);
      };
      const arrive = (page: Page) => {
        known.here.add(key);
        rest();
        came(page, place);
      };
      void fetchPage(slug, (api) => read(api, place, { signal })).then(arrive, rest);
    },
    [slug, read, came],
  );
  useEffect(() => {
    const { wanted } = pages.current;
    if (busy || wanted === null) return;
    pages.current.wanted = null;
    ask(wanted);
  }, [busy, ask]);
  return { ask, busy };
}

interface Known<Place> {
  /** Places whose page came. */
  here: Set<string>;
  onItsWay: string | null;
  /** The latest place that was asked for meanwhile. */
  wanted: Place | null;
}

async function fetchPage<Page>(slug: string, read: (api: Api) => Promise<Page>): Promise<Page> {
  const { clientFor } = await import("#app/shell/live-connection.lazy.ts");
  return read(clientFor(slug, askPatiently));
}
