import { Search } from "lucide-react";
import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { PageHeader } from "#app/ui/page-header.tsx";

import { CommandKey } from "./keys.tsx";
import { useShell } from "./shell-data.ts";

interface PageProps {
  /** Named in the tab and, unless `heading` says otherwise, at the top. */
  title: string;
  heading?: ReactNode;
  beside?: ReactNode;
  actions?: ReactNode;
  /** Tabs or filters under the title. */
  header?: ReactNode;
  /** Panes that scroll by themselves fill the window; otherwise the page scrolls as a whole. */
  fill?: boolean;
  children: ReactNode;
}

/** A page of a tenant: its title, the search, its actions, and what it shows. */
export function Page({ title, heading, beside, actions, header, fill, children }: PageProps) {
  const { tenant } = useShell();
  return (
    <div className={cx("flex flex-col", fill && "h-[calc(100dvh-var(--dock))] md:h-dvh")}>
      <title>{`${title} · ${tenant.name} · Guichet`}</title>
      <PageHeader
        title={heading ?? title}
        beside={beside}
        actions={
          <>
            <SearchButton />
            {actions}
          </>
        }
      >
        {header}
      </PageHeader>
      {fill ? <div className="flex min-h-0 flex-1">{children}</div> : children}
    </div>
  );
}

function SearchButton() {
  const t = useT("shell");
  const { openPalette } = useShell();
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-keyshortcuts="Control+K Meta+K"
      className="btn tap justify-start text-faint max-lg:w-8 max-lg:justify-center max-lg:px-0 lg:w-65"
    >
      <Search size={14} aria-hidden />
      <span className="flex-1 text-left font-normal max-lg:sr-only">{t("search")}</span>
      <span className="max-lg:hidden">
        <CommandKey letter="K" />
      </span>
    </button>
  );
}
