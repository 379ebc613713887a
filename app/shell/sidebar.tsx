import { NavLink } from "react-router";

import { capped } from "#app/i18n/format.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";

import { administration, allowed, simulator, told, work, type NavItem } from "./nav-items.ts";
import { useShell, useTenantPath } from "./shell-data.ts";
import { TenantMenu } from "./tenant-menu.tsx";
import { UserMenu } from "./user-menu.tsx";

/** Everything one can go to; beside the page, or in the drawer of a phone. */
export function Sidebar({ onHelp }: { onHelp: () => void }) {
  const t = useT("shell");
  const shell = useShell();
  const office = allowed(administration, shell);
  return (
    <>
      <TenantMenu />
      <nav aria-label={t("mainNav")} className="flex-1 overflow-y-auto px-2 pb-4">
        <NavList items={allowed([...work, told], shell)} />
        {office.length > 0 ? (
          <>
            <h2 className="px-2 pt-4 pb-1 text-xs text-faint">{t("administration")}</h2>
            <NavList items={shell.simulator ? [...office, simulator] : office} />
          </>
        ) : shell.simulator ? (
          <NavList items={[simulator]} />
        ) : null}
      </nav>
      <UserMenu onHelp={onHelp} />
    </>
  );
}

function NavList({ items }: { items: readonly NavItem[] }) {
  return (
    <ul className="flex flex-col gap-px">
      {items.map((item) => (
        <li key={item.key}>
          <NavRow item={item} />
        </li>
      ))}
    </ul>
  );
}

const countWords = {
  inbox: "waiting",
  tickets: "waiting",
  logsFailed: "failed",
  alerts: "openAlerts",
  notifications: "unseen",
} as const;

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
      className="flex min-h-7.5 items-center gap-2.5 rounded-md px-2 text-dim transition-colors hover:bg-hover hover:text-fg max-md:min-h-11 aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-accent"
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
