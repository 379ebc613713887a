import { Command } from "cmdk";
import { Keyboard, LogOut, MessagesSquare, Moon, Search, Sun, Ticket, UserRound, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useFetcher, useNavigate } from "react-router";

import { useT } from "#app/i18n/react.tsx";

import type { Hit } from "./hit.ts";
import { administration, allowed, profile, simulator, work } from "./nav-items.ts";
import { useShell, useTenantPath } from "./shell-data.ts";
import { useAccount } from "./use-account.ts";

const kinds: readonly [Hit["kind"], "customersGroup" | "ticketsGroup" | "conversationsGroup", LucideIcon][] = [
  ["customer", "customersGroup", UserRound],
  ["ticket", "ticketsGroup", Ticket],
  ["conversation", "conversationsGroup", MessagesSquare],
];

/** Finds people, work, pages and actions by a few letters. */
export default function CommandPalette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const t = useT("shell");
  const shell = useShell();
  const to = useTenantPath();
  const navigate = useNavigate();
  const [query, setQuery] = useState("");
  const { hits, searching } = useHits(query.trim());
  const then = (action: () => void) => {
    onClose();
    action();
  };
  const go = (path: string) => then(() => void navigate(path.startsWith("/") ? path : to(path)));
  const pages = [
    ...allowed([...work, ...administration], shell),
    ...(shell.simulator ? [simulator] : []),
    profile,
  ].filter(({ key }) => matches(t(key), query));
  const { paint, leave } = useAccount();
  const actions = [
    { label: t("shortcuts"), icon: Keyboard, run: onHelp },
    { label: `${t("theme")} · ${t("themeLight")}`, icon: Sun, run: () => then(() => paint("light")) },
    { label: `${t("theme")} · ${t("themeDark")}`, icon: Moon, run: () => then(() => paint("dark")) },
    { label: t("signOut"), icon: LogOut, run: () => then(() => leave(false)) },
  ].filter(({ label }) => matches(label, query));
  return (
    <Command.Dialog
      open
      onOpenChange={onClose}
      label={t("palette")}
      shouldFilter={false}
      loop
      overlayClassName="scrim"
      contentClassName="dialog dialog-top dialog-wide overflow-hidden"
    >
      <div className="flex items-center gap-2 border-b border-line px-3.5">
        <Search size={16} aria-hidden className="text-faint" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t("searchHint")}
          className="h-11 flex-1 bg-transparent text-base outline-none"
        />
      </div>
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto palette p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-dim">
          {searching ? t("searching") : t("noResult", { query })}
        </Command.Empty>
        {kinds.map(([kind, heading, Icon]) => {
          const found = hits.filter((hit) => hit.kind === kind);
          if (found.length === 0) return null;
          return (
            <Command.Group key={kind} heading={t(heading)}>
              {found.map((hit) => (
                <Command.Item
                  key={hit.id}
                  value={`${kind} ${hit.id}`}
                  className="menu-item"
                  onSelect={() => go(hit.path)}
                >
                  <Icon size={15} aria-hidden />
                  <span className="truncate font-medium">{hit.title}</span>
                  <span className="truncate text-xs text-faint">{hit.detail}</span>
                </Command.Item>
              ))}
            </Command.Group>
          );
        })}
        {pages.length > 0 ? (
          <Command.Group heading={t("pagesGroup")}>
            {pages.map(({ key, path, icon: Icon }) => (
              <Command.Item key={key} value={t(key)} className="menu-item" onSelect={() => go(path)}>
                <Icon size={15} aria-hidden />
                {t(key)}
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        {actions.length > 0 ? (
          <Command.Group heading={t("actionsGroup")}>
            {actions.map(({ label, icon: Icon, run }) => (
              <Command.Item key={label} value={label} className="menu-item" onSelect={run}>
                <Icon size={15} aria-hidden />
                {label}
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
      </Command.List>
    </Command.Dialog>
  );
}

/** Asks the server while one types; an answer replaces the one before it, so nothing flickers. */
function useHits(query: string): { hits: Hit[]; searching: boolean } {
  const { load, data, state } = useFetcher<{ hits: Hit[] }>();
  const to = useTenantPath();
  const url = `${to("search")}?${new URLSearchParams({ q: query })}`;
  const asked = query.length >= 2 || /\d/.test(query);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => void load(url), 120);
    return () => clearTimeout(timer);
  }, [asked, load, url]);
  return { hits: asked ? (data?.hits ?? []) : [], searching: state !== "idle" };
}

function matches(text: string, query: string): boolean {
  return plain(query)
    .split(/\s+/)
    .every((word) => plain(text).includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
