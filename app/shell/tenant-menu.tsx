import { ChevronsUpDown } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";

import { useShell } from "./shell-data.ts";

/** The business one works in; with several, a menu of them. */
export function TenantMenu() {
  const t = useT("shell");
  const { tenant, tenants } = useShell();
  const several = tenants.length > 1;
  const entries: MenuEntry[] = [
    { kind: "label", label: t("yourTenants") },
    ...tenants.map(({ slug, name }) => ({
      label: name,
      icon: <Mark name={name} />,
      to: `/t/${slug}`,
      checked: slug === tenant.slug,
    })),
  ];
  const look = "mx-2 mt-2.5 mb-2 flex min-h-9 items-center gap-2 rounded-md px-2 text-left";
  const content = (
    <>
      <Mark name={tenant.name} />
      <span className="flex-1 truncate font-semibold">{tenant.name}</span>
    </>
  );
  if (!several) return <div className={look}>{content}</div>;
  return (
    <Menu
      entries={entries}
      trigger={
        <button type="button" className={`${look} hover:bg-hover`}>
          {content}
          <span className="sr-only">, {t("switchTenant")}</span>
          <ChevronsUpDown size={14} aria-hidden className="text-faint" />
        </button>
      }
    />
  );
}

function Mark({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-5.5 shrink-0 place-items-center rounded-md bg-accent text-xs font-bold text-on-accent"
    >
      {name.slice(0, 1).toLocaleUpperCase()}
    </span>
  );
}
