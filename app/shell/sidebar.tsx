import { ArrowLeft, Settings } from "lucide-react";
import { Link, NavLink, useLocation } from "react-router";

import { capped } from "#app/i18n/format.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";

import { allowed, allowedSettings, watching, work, type NavItem } from "./nav-items.ts";
import { useShell, useTenantPath } from "./shell-data.ts";
import { TenantMenu } from "./tenant-menu.tsx";
import { UserMenu } from "./user-menu.tsx";

interface SidebarProps {
  onHelp: () => void;
  /** Work and settings at once, as in the drawer of a phone; beside a page only those that it is one of. */
  whole?: boolean;
}

/** Everything one can go to; beside the page, or in the drawer of a phone. */
export function Sidebar({ onHelp, whole }: SidebarProps) {
  const t = useT("shell");
  const to = useTenantPath();
  const inSettings = useLocation().pathname.startsWith(to("settings/"));
  return (
    <>
      <TenantMenu />
      <nav
        aria-label={t(inSettings && !whole ? "settingsNav" : "mainNav")}
        className="flex flex-1 flex-col overflow-y-auto px-2 pb-2"
      >
        {whole ? (
          <>
            <WorkLists />
            <SettingsLists />
          </>
        ) : inSettings ? (
          <>
            <Link to={to()} className={row}>
              <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
              {t("leaveSettings")}
            </Link>
            <SettingsLists />
          </>
        ) : (
          <>
            <WorkLists />
            <SettingsLink />
          </>
        )}
      </nav>
      <UserMenu onHelp={onHelp} />
    </>
  );
}

function WorkLists() {
  const t = useT("shell");
  const shell = useShell();
  const watched = allowed(watching, shell);
  return (
    <>
      <NavList items={allowed(work, shell)} />
      {watched.length > 0 ? <NavList label={t("nav.watching")} items={watched} /> : null}
    </>
  );
}

function SettingsLists() {
  const t = useT("shell");
  return allowedSettings(useShell()).map(({ group, items }) => (
    <NavList key={group} label={t(`nav.${group}`)} items={items} />
  ));
}

/** Leads to the first of the settings that the member may open; the others stand beside it. */
function SettingsLink() {
  const t = useT("shell");
  const to = useTenantPath();
  const first = allowedSettings(useShell())[0]?.items[0];
  if (!first) return null;
  return (
    <Link to={to(first.path)} prefetch="intent" className={`${row} mt-auto`}>
      <Settings size={16} strokeWidth={1.75} aria-hidden />
      {t("settings")}
    </Link>
  );
}

function NavList({ label, items }: { label?: string; items: readonly NavItem[] }) {
  return (
    <>
      {label ? <h2 className="px-2 pt-4 pb-1 text-xs text-faint md:short:pt-2">{label}</h2> : null}
      <ul aria-label={label} className="flex flex-col gap-px">
        {items.map((item) => (
          <li key={item.key}>
            <NavRow item={item} />
          </li>
        ))}
      </ul>
    </>
  );
}

const countWords = {
  inbox: "waiting",
  tickets: "waiting",
  logsFailed: "failed",
  alerts: "openAlerts",
  notifications: "unseen",
} as const;

const row =
  "flex min-h-7.5 flex-none items-center gap-2.5 rounded-md px-2 text-dim transition-colors hover:bg-hover hover:text-fg max-md:min-h-11 md:short:min-h-6.5 aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-accent";

function NavRow({ item }: { item: NavItem }) {
  const t = useT("shell");
  const format = useFormat();
  const { counts } = useShell();
  const to = useTenantPath();
  const Icon = item.icon;
  const count = item.count ? counts[item.count] : 0;
  return (
    <NavLink
      to={item.path.startsWith("/") ? item.path : to(item.path)}
      end={item.path === ""}
      prefetch="intent"
      className={row}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className="flex-1 truncate">{t(item.key)}</span>
      {count > 0 ? (
        <>
          <span aria-hidden className="text-xs">
            {capped(count, format)}
          </span>
          <span className="sr-only">{t(item.count ? countWords[item.count] : "waiting", { count })}</span>
        </>
      ) : null}
    </NavLink>
  );
}
