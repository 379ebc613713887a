import { Inbox, SearchX } from "lucide-react";
import { useState, type MouseEvent } from "react";
import { useFetcher, useSearchParams } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { ConversationRow } from "./conversation-row.tsx";
import type { ListRow, View } from "./data.ts";
import { FindBox } from "./find-box.tsx";
import type { loader } from "./page.tsx";
import { useAnswer } from "./use-answer.ts";

interface ListPaneProps {
  rows: ListRow[];
  nextCursor: string | null;
  view: View;
  query: string;
  opened: string | undefined;
}

/** The conversations of a view, newest first. Further pages are joined below and stay while the first one is live. */
export function ListPane(props: ListPaneProps) {
  const t = useT("inbox");
  const { view, query, opened } = props;
  return (
    <section
      aria-label={t("list")}
      className={cx(
        "flex min-h-0 w-full flex-col border-t border-line lg:w-80 lg:flex-none",
        opened && "max-lg:hidden",
      )}
    >
      <FindBox view={view} query={query} />
      {/* Another view or search is another list: nothing of the one before is kept. */}
      <List key={`${view} ${query}`} {...props} />
    </section>
  );
}

function List({ rows, nextCursor, view, query, opened }: ListPaneProps) {
  const t = useT("inbox");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const { rows: all, next, more, busy } = useFurtherPages(rows, nextCursor, view, query);
  const kept = new URLSearchParams(search);
  kept.delete("cursor");
  kept.delete("customer");
  const suffix = kept.size > 0 ? `?${kept}` : "";
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      {all.length === 0 ? (
        <Empty view={view} query={query} />
      ) : (
        <ul>
          {all.map((row) => (
            <ConversationRow
              key={row.id}
              row={row}
              href={to(`inbox/${row.id}`) + suffix}
              current={row.id === opened}
              view={query ? null : view}
            />
          ))}
        </ul>
      )}
      {next ? (
        <div className="flex justify-center py-3">
          <LinkButton
            size="sm"
            rel="next"
            to={`?${new URLSearchParams({ view, q: query, cursor: next })}`}
            onClick={more}
            aria-busy={busy}
          >
            {t("older")}
          </LinkButton>
        </div>
      ) : null}
    </div>
  );
}

/** Pages beyond the first: fetched on demand, and shown without what has meanwhile moved to the first. */
function useFurtherPages(first: ListRow[], firstCursor: string | null, view: View, query: string) {
  const to = useTenantPath();
  const fetcher = useFetcher<typeof loader>();
  const [further, setFurther] = useState<{ rows: ListRow[]; next: string | null } | null>(null);
  useAnswer(fetcher, (page) => {
    setFurther((known) => ({ rows: [...(known?.rows ?? []), ...page.rows], next: page.nextCursor }));
  });
  const seen = new Set(first.map((row) => row.id));
  const rows = [...first, ...(further?.rows ?? []).filter((row) => !seen.has(row.id) && seen.add(row.id))];
  const next = further ? further.next : firstCursor;
  const more = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (next) void fetcher.load(`${to("inbox")}?${new URLSearchParams({ view, q: query, cursor: next })}`);
  };
  return { rows, next, more, busy: fetcher.state !== "idle" };
}

function Empty({ view, query }: { view: View; query: string }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const seesChannels = useCan("channels.read");
  if (query) {
    return (
      <EmptyState
        icon={<SearchX size={18} aria-hidden />}
        title={t("empty.search", { query })}
        action={
          <LinkButton size="sm" to={`${to("inbox")}?view=${view}`}>
            {t("clearSearch")}
          </LinkButton>
        }
      >
        {t("empty.searchBody")}
      </EmptyState>
    );
  }
  const action =
    view === "open" && seesChannels ? (
      <LinkButton size="sm" to={to("settings/channels")}>
        {t("seeChannels")}
      </LinkButton>
    ) : view === "mine" ? (
      <LinkButton size="sm" to={`${to("inbox")}?view=unassigned`}>
        {t("view.unassigned")}
      </LinkButton>
    ) : undefined;
  return (
    <EmptyState icon={<Inbox size={18} aria-hidden />} title={t(`empty.${view}`)} action={action}>
      {t(`empty.${view}Body`)}
    </EmptyState>
  );
}
