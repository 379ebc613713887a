import { Inbox, SearchX } from "lucide-react";
import { lazy, Suspense, useRef, type ReactNode } from "react";
import { useSearchParams } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { ConversationRow, type RowPlace } from "./conversation-row.tsx";
import type { ListRow } from "./data.ts";
import { FindBox } from "./find-box.tsx";
import { listParams, type InboxAddress } from "./inbox-address.ts";
import { useFurtherRows } from "./use-further-rows.ts";
import { useNearEnd } from "./use-near-end.ts";

const LongList = lazy(() => import("./long-list.lazy.tsx"));

interface ListPaneProps {
  rows: ListRow[];
  nextCursor: string | null;
  address: InboxAddress;
  opened: string | undefined;
}

/** The conversations of a view, newest first. Further pages are joined below and stay while the first one is live. */
export function ListPane(props: ListPaneProps) {
  const t = useT("inbox");
  const { address, opened } = props;
  return (
    <section
      aria-label={t("list")}
      className={cx(
        "flex min-h-0 w-full flex-col border-t border-line lg:w-80 lg:flex-none",
        opened && "max-lg:hidden",
      )}
    >
      <FindBox view={address.view} query={address.query} />
      {/* Another view or search is another list: nothing of the one before is kept. */}
      <List key={String(listParams(address))} {...props} />
    </section>
  );
}

/** Rows that a page holds without effort; of a longer list those in sight are rendered alone. */
const mostPlain = 100;

function List({ rows: first, nextCursor, address, opened }: ListPaneProps) {
  const t = useT("inbox");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const box = useRef<HTMLDivElement>(null);
  const { rows, next, more, busy } = useFurtherRows(first, nextCursor, address);
  const end = useNearEnd(box, next && !busy ? more : null);
  const kept = new URLSearchParams(search);
  kept.delete("cursor");
  kept.delete("customer");
  const suffix = kept.size > 0 ? `?${kept}` : "";
  const total = next ? -1 : rows.length;
  const rowAt = (at: number, place: RowPlace, measure?: (row: HTMLElement | null) => void) => {
    const row = rows[at]!;
    return (
      <ConversationRow
        key={row.id}
        row={row}
        href={to(`inbox/${row.id}`) + suffix}
        current={row.id === opened}
        view={address.query ? null : address.view}
        place={place}
        measure={measure}
      />
    );
  };
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      {rows.length === 0 ? (
        <Empty address={address} />
      ) : rows.length <= mostPlain ? (
        <PlainRows label={t("list")} count={rows.length} total={total} rowAt={rowAt} />
      ) : (
        <Suspense fallback={<PlainRows label={t("list")} count={mostPlain} total={total} rowAt={rowAt} />}>
          <LongList
            label={t("list")}
            box={box}
            count={rows.length}
            total={total}
            keyAt={(at) => rows[at]!.id}
            rowAt={rowAt}
          />
        </Suspense>
      )}
      {next ? (
        <div ref={end} className="flex justify-center py-3">
          <LinkButton
            size="sm"
            rel="next"
            to={`?${new URLSearchParams([...listParams(address), ["cursor", next]])}`}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              more();
            }}
            aria-busy={busy}
          >
            {t("older")}
          </LinkButton>
        </div>
      ) : null}
    </div>
  );
}

type RowAt = (at: number, place: RowPlace) => ReactNode;

function PlainRows({ label, count, total, rowAt }: { label: string; count: number; total: number; rowAt: RowAt }) {
  return <ul aria-label={label}>{Array.from({ length: count }, (_, at) => rowAt(at, { position: at + 1, total }))}</ul>;
}

function Empty({ address }: { address: InboxAddress }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const { view, query, narrow } = address;
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
  if (Object.keys(narrow).length > 0) {
    return (
      <EmptyState
        icon={<SearchX size={18} aria-hidden />}
        title={t("empty.filter")}
        action={
          <LinkButton size="sm" to={`${to("inbox")}?view=${view}`}>
            {t("clearFilter")}
          </LinkButton>
        }
      >
        {t("empty.filterBody")}
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
