import { Bookmark, Users } from "lucide-react";
import { Form, Link, useLocation } from "react-router";

import { capped } from "#app/i18n/format.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { ChipLink } from "#app/ui/chip.tsx";
import { Input } from "#app/ui/inputs.tsx";

import { useCan, useTenantPath } from "./shell-data.ts";

/** Lists that take views, as the server knows them. */
export type ViewArea = "webhook_logs" | "tickets" | "inbox" | "calls" | "prospects" | "appointments" | "customers";

/** The parameter of each list's address that says which saved view it began from. */
export const viewParams: Record<ViewArea, string> = {
  webhook_logs: "view",
  tickets: "saved",
  inbox: "saved",
  calls: "saved",
  prospects: "saved",
  appointments: "saved",
  customers: "saved",
};

export interface ShownView {
  id: string;
  name: string;
  query: Record<string, string>;
  outdated: boolean;
  shared: boolean;
  mine: boolean;
  ownerName: string;
  changeable: boolean;
  /** Where the list counts what its views hold; counts stop after 1,000. */
  count?: number | null;
}

interface SavedViewsProps {
  area: ViewArea;
  /** Where the list is, unless it is the page itself. */
  path?: string;
  views: readonly ShownView[];
  /** Views that every list of this kind has: their name and address. */
  builtIn: readonly { name: string; query: string }[];
  /** Addresses that have a name already, shown elsewhere. */
  known?: readonly string[];
  /** The list's filter as its address has it, without the page and the view; empty or `?` when nothing is chosen. */
  query: string;
  /** The saved view that the filter began from. */
  viewId: string | undefined;
  /** Why what the filter asks for cannot be found, in words. */
  problem?: string | null;
}

/**
 * A list's views as links above it; and, once its filter is no view yet, the forms that keep it. Nothing where there is
 * neither. Any list whose filter lives in its address may have it: it takes parameters in and gives addresses out.
 */
export function SavedViews({ area, path, views, builtIn, known = [], query, viewId, problem }: SavedViewsProps) {
  const t = useT("views");
  const format = useFormat();
  const { pathname: here, search } = useLocation();
  const pathname = path ?? here;
  const current = views.find(({ id }) => id === viewId);
  const same = (one: string) => sorted(one) === sorted(query);
  const named = [...builtIn.map((one) => one.query), ...known, ...views.map((view) => addressOf(view.query))];
  const isChanged = current !== undefined && (current.outdated || !same(addressOf(current.query)));
  const trouble = current?.outdated ? t("outdated") : viewId && !current ? t("gone") : current ? problem : null;
  const unnamed = query !== "" && query !== "?" && !named.some(same);
  if (!unnamed && !trouble && views.length + builtIn.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 px-5 pt-2 max-sm:px-4">
      <nav
        aria-label={t("kept")}
        className="flex flex-wrap items-center gap-1.5 max-sm:-mx-4 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-4 max-sm:py-0.5 max-sm:*:shrink-0"
      >
        {builtIn.map((one) => (
          <ChipLink key={one.query} to={`${pathname}${one.query}`} on={!current && same(one.query)}>
            {one.name}
          </ChipLink>
        ))}
        {views.map((view) => (
          <ChipLink
            key={view.id}
            to={`${pathname}${addressOf({ ...view.query, [viewParams[area]]: view.id })}`}
            on={view === current}
          >
            {view.shared ? <Users size={12} aria-hidden /> : <Bookmark size={12} aria-hidden />}
            {view.name}
            {typeof view.count === "number" ? (
              <span className="text-faint tabular-nums">{capped(view.count, format)}</span>
            ) : null}
            {view.mine ? null : <span className="sr-only">{t("shared", { name: view.ownerName })}</span>}
            {view === current && isChanged ? <span className="text-faint">· {t("changed")}</span> : null}
          </ChipLink>
        ))}
        {current && isChanged && current.changeable && !problem ? (
          <UpdateForm area={area} path={pathname} view={current} query={query} />
        ) : null}
        {unnamed ? <SaveForm key={search} area={area} path={pathname} query={query} /> : null}
        {views.length > 0 ? <ManageLink area={area} path={pathname} /> : null}
      </nav>
      {trouble ? <Banner tone="warn">{trouble}</Banner> : null}
    </div>
  );
}

/** `?status=failed&view=…`, its parameters in a fixed order. */
export function addressOf(query: Record<string, string>): string {
  const params = new URLSearchParams(query).toString();
  return params ? `?${params}` : "";
}

function sorted(query: string): string {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
}

function useViewsPage(area: ViewArea, pathname: string): string {
  const { search } = useLocation();
  const to = useTenantPath();
  return `${to(`views/${area}`)}?back=${encodeURIComponent(pathname + search)}`;
}

function ManageLink({ area, path }: { area: ViewArea; path: string }) {
  const t = useT("views");
  return (
    <Link to={useViewsPage(area, path)} className="link text-xs max-sm:py-2">
      {t("manage")}
    </Link>
  );
}

function UpdateForm({ area, path, view, query }: { area: ViewArea; path: string; view: ShownView; query: string }) {
  const t = useT("views");
  return (
    <Form method="post" action={useViewsPage(area, path)} preventScrollReset>
      <input type="hidden" name="id" value={view.id} />
      <input type="hidden" name="query" value={query} />
      <Button type="submit" name="intent" value="update" size="sm">
        {t("update", { name: view.name })}
      </Button>
    </Form>
  );
}

/** Opens in place, without a script too. */
function SaveForm({ area, path, query }: { area: ViewArea; path: string; query: string }) {
  const t = useT("views");
  const mayShare = useCan("views.share");
  return (
    <details className="relative">
      <summary className={buttonClass({ size: "sm", variant: "quiet" })}>
        <Bookmark size={12} aria-hidden />
        {t("save")}
      </summary>
      <Form
        method="post"
        action={useViewsPage(area, path)}
        preventScrollReset
        aria-label={t("saveTitle")}
        className="absolute left-0 z-20 mt-1 flex w-72 flex-col gap-3 rounded-xl border border-line bg-raised p-3 shadow-lg max-sm:fixed max-sm:inset-x-4 max-sm:w-auto"
      >
        <input type="hidden" name="query" value={query} />
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium">{t("name")}</span>
          <Input name="name" required maxLength={60} autoComplete="off" />
        </label>
        {mayShare ? <Checkbox name="shared" value="yes" label={t("share")} /> : null}
        <div>
          <Button type="submit" name="intent" value="save" variant="primary" size="sm">
            {t("saveIt")}
          </Button>
        </div>
      </Form>
    </details>
  );
}
