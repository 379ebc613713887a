import type { Caller } from "#server/trpc/root.ts";

import type { ShownView, ViewArea } from "./saved-views.tsx";

interface CountedList<Filter> {
  area: ViewArea;
  /** What a view's parameters mean, read as the page reads its address; null: not counted. */
  filterOf: (params: URLSearchParams) => Filter | null;
  /** How many rows each filter holds. */
  counts: (asked: { filters: Filter[] }) => Promise<number[]>;
}

/** Of more views none is counted. */
const mostCounted = 10;

/** A list's saved views, the first ten with how many rows each holds now. */
export async function countedViews<Filter>(
  api: Caller,
  { area, filterOf, counts }: CountedList<Filter>,
): Promise<ShownView[]> {
  const views = await api.savedViews.list({ area });
  const asked = views.flatMap(({ id, query, outdated }) => {
    const filter = outdated ? null : filterOf(new URLSearchParams(query));
    return filter ? [{ id, filter }] : [];
  });
  const some = asked.slice(0, mostCounted);
  const numbers = some.length > 0 ? await counts({ filters: some.map(({ filter }) => filter) }) : [];
  const byView = new Map(some.map(({ id }, at) => [id, numbers[at] ?? null]));
  return views.map((view) => ({ ...view, count: byView.get(view.id) ?? null }));
}
