import { CirclePause, CirclePlay, LogOut, MonitorX, UserRound } from "lucide-react";
import { locales, themes } from "#app/i18n/locales.ts";
import { useLocale, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";

import { PresenceDot } from "./presence-dot.tsx";
import { useShell, useTenantPath } from "./shell-data.ts";
import { useAccount } from "./use-account.ts";
import { useOwnPresence } from "./use-own-presence.ts";

const names = { fr: "Français", en: "English" } as const;
const themeWords = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const t = useT("shell");
  const together = useT("together");
  const { member } = useShell();
  const away = useOwnPresence();
  const to = useTenantPath();
  const locale = useLocale();
  const { theme, paint, speak, rest, leave } = useAccount();

  const entries: MenuEntry[] = [
    { kind: "label", label: member.email },
    {
      label: away ? together("comeBack") : together("break"),
      icon: away ? <CirclePlay size={15} aria-hidden /> : <CirclePause size={15} aria-hidden />,
      onSelect: () => rest(!away),
    },
    { label: t("profile"), icon: <UserRound size={15} aria-hidden />, to: to("settings/profile") },
    { kind: "line" },
    { kind: "label", label: t("language") },
    ...locales.map((code) => ({
      label: names[code],
      checked: code === locale,
      onSelect: () => speak(code),
    })),
    { kind: "line" },
    { kind: "label", label: t("theme") },
    ...themes.map((name) => ({
      label: t(themeWords[name]),
      checked: name === theme,
      onSelect: () => paint(name),
    })),
    { kind: "line" },
    { label: t("signOut"), icon: <LogOut size={15} aria-hidden />, onSelect: () => leave(false) },
    {
      label: t("signOutEverywhere"),
      icon: <MonitorX size={15} aria-hidden />,
      onSelect: () => leave(true),
    },
  ];
  return (
    <div className="flex items-center gap-1 border-t border-line p-2">
      <Menu
        entries={entries}
        side="top"
        trigger={
          <button
            type="button"
            className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-dim hover:bg-hover hover:text-fg"
          >
            <Avatar name={member.name} />
            {away ? (
              <span className="text-2xs" title={together("onBreak")}>
                <PresenceDot presence="away" quiet />
              </span>
            ) : null}
            <span className="truncate">
              {member.name.split(" ")[0]} · {t(`role.${member.role}`)}
            </span>
            <span className="sr-only">, {t("account")}</span>
          </button>
        }
      />
      <IconButton
        label={t("shortcuts")}
        icon={<span className="kbd inline-grid!">?</span>}
        tipSide="end"
        onClick={onHelp}
        className="max-md:hidden"
      />
    </div>
  );
}
