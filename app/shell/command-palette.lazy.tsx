import { Command } from "cmdk";
import { Keyboard, MessagesSquare, Search, Ticket, UserRound, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useFetcher, useNavigate } from "react-router";

import { useT } from "#app/i18n/react.tsx";

import type { Hit } from "./hit.ts";
import { administration, allowed, simulator, work } from "./nav-items.ts";
import { useShell, useTenantPath } from "./shell-data.ts";

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
  const go = (path: string) => {
    onClose();
    void navigate(path.startsWith("/") ? path : to(path));
  };
  const pages = [...allowed([...work, ...administration], shell), ...(shell.simulator ? [simulator] : [])];
  return (
    <Command.Dialog
      open
      onOpenChange={onClose}
      label={t("palette")}
      filter={matches}
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
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5 palette">
        <Command.Empty className="px-3 py-8 text-center text-dim">
          {searching ? t("searching") : t("noResult", { query })}
        </Command.Empty>
        {kinds.map(([kind, heading, Icon]) => {
          const found = hits.filter((hit) => hit.kind === kind);
          if (found.length === 0) return null;
          return (
            <Command.Group key={kind} heading={t(heading)} forceMount>
              {found.map((hit) => (
                <Command.Item
                  key={hit.id}
                  value={`${kind} ${hit.id}`}
                  keywords={[query]}
                  forceMount
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
        <Command.Group heading={t("pagesGroup")}>
          {pages.map(({ key, path, icon: Icon }) => (
            <Command.Item key={key} value={t(key)} className="menu-item" onSelect={() => go(path)}>
              <Icon size={15} aria-hidden />
              {t(key)}
            </Command.Item>
          ))}
          <Command.Item value={t("profile")} className="menu-item" onSelect={() => go("settings/profile")}>
            <UserRound size={15} aria-hidden />
            {t("profile")}
          </Command.Item>
        </Command.Group>
        <Command.Group heading={t("actionsGroup")}>
          <Command.Item value={t("shortcuts")} className="menu-item" onSelect={onHelp}>
            <Keyboard size={15} aria-hidden />
            {t("shortcuts")}
          </Command.Item>
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}

/** Asks the server while one types; an answer replaces the one before it, so nothing flickers. */
function useHits(query: string): { hits: Hit[]; searching: boolean } {
  const { load, data, state } = useFetcher<{ hits: Hit[] }>();
  const to = useTenantPath();
  const url = `${to("search")}?${new URLSearchParams({ q: query })}`;
  const asked = query.length >= 2;
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => void load(url), 120);
    return () => clearTimeout(timer);
  }, [asked, load, url]);
  return { hits: asked ? (data?.hits ?? []) : [], searching: state !== "idle" };
}

function matches(value: string, search: string): number {
  const words = plain(search).split(/\s+/);
  return words.every((word) => plain(value).includes(word)) ? 1 : 0;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
