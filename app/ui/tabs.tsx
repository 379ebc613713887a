import type { ReactNode } from "react";
import { Link, type To } from "react-router";

import { capped } from "#app/i18n/format.ts";
import { useFormat } from "#app/i18n/react.tsx";

export interface Tab {
  to: To;
  label: ReactNode;
  /** Beside the label; counts stop after 1,000, shown as "1 000+". */
  count?: number | undefined;
  on: boolean;
}

/** Views of one list, each with its own address. Scrolls sideways where it does not fit. */
export function Tabs({ label, tabs, end }: { label: string; tabs: readonly Tab[]; end?: ReactNode }) {
  const format = useFormat();
  return (
    <nav
      aria-label={label}
      className="flex items-end gap-4 overflow-x-auto px-5 shadow-[inset_0_-1px_var(--line)] [scrollbar-width:none] max-sm:px-4"
    >
      {tabs.map((tab, index) => (
        <Link key={index} to={tab.to} className="tab" aria-current={tab.on ? "page" : undefined} prefetch="intent">
          {tab.label}
          {tab.count === undefined ? null : <span>{capped(tab.count, format)}</span>}
        </Link>
      ))}
      {end}
    </nav>
  );
}
