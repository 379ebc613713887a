import { Menu as MenuIcon } from "lucide-react";
import { useState } from "react";
import { NavLink, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Sheet } from "#app/ui/dialog.tsx";

import { allowed, work } from "./nav-items.ts";
import { useShell, useTenantPath } from "./shell-data.ts";
import { Sidebar } from "./sidebar.tsx";

const item =
  "relative flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-dim aria-[current=page]:font-medium aria-[current=page]:text-accent";

/** The first of the places of work: there is room for four. */
const underThumb = work.slice(0, 4);

/** The four places of a working day under the thumb, and the rest behind "more". */
export function MobileNav({ onHelp }: { onHelp: () => void }) {
  const t = useT("shell");
  const format = useFormat();
  const shell = useShell();
  const to = useTenantPath();
  // Open on the page it was opened on: going somewhere closes it.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const { key: page } = useLocation();
  return (
    <>
      <nav
        aria-label={t("mainNav")}
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-sunken pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {allowed(underThumb, shell).map(({ key, path, icon: Icon, count }) => (
          <NavLink key={key} to={to(path)} end={path === ""} className={item}>
            <Icon size={20} strokeWidth={1.75} aria-hidden />
            {t(key === "overview" ? "overviewShort" : key)}
            {count && shell.counts[count] > 0 ? (
              <span className="absolute top-1.5 left-1/2 ml-1.5 min-w-4 rounded-full bg-accent px-1 text-center leading-4 font-semibold text-on-accent">
                <span aria-hidden>{shell.counts[count] > 99 ? "99+" : format.number(shell.counts[count])}</span>
                <span className="sr-only">{t("waiting", { count: shell.counts[count] })}</span>
              </span>
            ) : null}
          </NavLink>
        ))}
        <button type="button" className={item} aria-haspopup="dialog" onClick={() => setOpenAt(page)}>
          <MenuIcon size={20} strokeWidth={1.75} aria-hidden />
          {shell.counts.notifications > 0 ? (
            <span className="absolute top-1.5 left-1/2 ml-1.5 size-2 rounded-full bg-accent">
              <span className="sr-only">{t("unseen", { count: shell.counts.notifications })}</span>
            </span>
          ) : null}
          {t("more")}
        </button>
      </nav>
      <Sheet side="left" open={openAt === page} onOpenChange={() => setOpenAt(null)} title={t("menu")} quietTitle>
        <div className="-mx-4 -my-3 flex h-full flex-col">
          <Sidebar onHelp={onHelp} whole />
        </div>
      </Sheet>
    </>
  );
}
