import { Command } from "cmdk";
import { MessagesSquare, Search, Ticket, UserRound, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Kbd } from "#app/ui/kbd.tsx";

import type { Hit } from "./hit.ts";
import { MarkedText } from "./marked-text.tsx";
import { allowed, allowedSettings, watching, work } from "./nav-items.ts";
import { useActions, usePageActions, type PaletteAction } from "./palette-actions.ts";
import { useShell, useTenantPath } from "./shell-data.ts";
import { useHits } from "./use-hits.ts";

const kinds: readonly [Hit["kind"], "customersGroup" | "ticketsGroup" | "conversationsGroup", LucideIcon][] = [
  ["conversation", "conversationsGroup", MessagesSquare],
  ["ticket", "ticketsGroup", Ticket],
  ["customer", "customersGroup", UserRound],
];

/** Finds people, work, what was said, pages and actions by a few letters. */
export default function CommandPalette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const t = useT("shell");
  const shell = useShell();
  const to = useTenantPath();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const query = text.trim();
  const answer = useHits(query);
  const { searching } = answer;
  const hits = query === "" ? answer.hits : inOrder(answer.hits);
  // Until somebody steps through them, the first of those that came last is the one that Enter opens.
  const [stepped, setStepped] = useState(false);
  const first = hits[0] ? valueOf(hits[0]) : query === "" ? "" : everything;
  const go = (path: string) => {
    onClose();
    void navigate(path.startsWith("/") ? path : to(path));
  };
  const run = (action: PaletteAction) => {
    onClose();
    action.run();
  };
  const pages = [
    ...allowed([...work, ...watching], shell),
    ...allowedSettings(shell).flatMap(({ items }) => items),
  ].filter(({ key }) => matches(t(key), query));
  const named = ({ label }: PaletteAction) => matches(label, query);
  const page = usePageActions();
  const ofPage = page.actions.filter(named);
  const actions = useActions(onHelp, go).filter(named);
  return (
    <Command.Dialog
      open
      onOpenChange={onClose}
      label={t("palette")}
      shouldFilter={false}
      loop
      value={stepped || first === "" ? chosen : first}
      onValueChange={setChosen}
      onKeyDown={({ key }) => {
        if (key.startsWith("Arrow") || key === "Home" || key === "End") setStepped(true);
      }}
      onPointerMove={() => setStepped(true)}
      overlayClassName="scrim"
      contentClassName="dialog dialog-top dialog-wide overflow-hidden"
    >
      <div className="flex items-center gap-2 border-b border-line px-3.5">
        <Search size={16} aria-hidden className="text-faint" />
        <Command.Input
          value={text}
          onValueChange={(next) => {
            setText(next);
            setStepped(false);
            page.again();
          }}
          placeholder={t("searchHint")}
          className="h-11 flex-1 bg-transparent text-base outline-none"
        />
        <span role="status" className="text-xs text-faint">
          {searching && query !== "" ? t("searching") : ""}
        </span>
      </div>
      <Command.List label={t("palette")} className="max-h-[min(28rem,60vh)] overflow-y-auto palette p-1.5">
        {query === "" ? (
          <Hits heading={t("recentGroup")} hits={hits} go={go} />
        ) : (
          kinds.map(([kind, heading]) => (
            <Hits key={kind} heading={t(heading)} hits={hits.filter((hit) => hit.kind === kind)} go={go} />
          ))
        )}
        {query === "" ? null : (
          <Line value={everything} icon={Search} onSelect={() => go(`search?${new URLSearchParams({ q: query })}`)}>
            <span className="truncate">{t("searchEverything", { query })}</span>
          </Line>
        )}
        <Actions heading={t("thisPageGroup")} prefix="page" actions={ofPage} run={run} />
        {pages.length > 0 ? (
          <Command.Group heading={t("pagesGroup")}>
            {pages.map(({ key, path, icon }) => (
              <Line key={key} value={`go ${key}`} icon={icon} onSelect={() => go(path)}>
                {t(key)}
              </Line>
            ))}
          </Command.Group>
        ) : null}
        <Actions heading={t("actionsGroup")} prefix="do" actions={actions} run={run} />
      </Command.List>
    </Command.Dialog>
  );
}

const everything = "everything";
const valueOf = ({ kind, id }: Hit) => `${kind} ${id}`;

/** As they are shown: kind after kind. */
const inOrder = (hits: readonly Hit[]) => kinds.flatMap(([kind]) => hits.filter((hit) => hit.kind === kind));

const icons = Object.fromEntries(kinds.map(([kind, , icon]) => [kind, icon])) as Record<Hit["kind"], LucideIcon>;

function Hits({ heading, hits, go }: { heading: string; hits: readonly Hit[]; go: (path: string) => void }) {
  if (hits.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {hits.map((hit) => (
        <Line key={hit.id} value={valueOf(hit)} icon={icons[hit.kind]} onSelect={() => go(hit.path)}>
          <span className="max-w-3/5 flex-none truncate font-medium">{hit.title}</span>
          <span className="truncate text-xs text-dim">{hit.text ? <MarkedText text={hit.text} /> : hit.detail}</span>
        </Line>
      ))}
    </Command.Group>
  );
}

interface ActionsProps {
  heading: string;
  prefix: string;
  actions: readonly PaletteAction[];
  run: (action: PaletteAction) => void;
}

function Actions({ heading, prefix, actions, run }: ActionsProps) {
  if (actions.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {actions.map((action) => (
        <Line
          key={action.label}
          value={`${prefix} ${action.shortcut ?? ""} ${action.label}`}
          icon={action.icon}
          onSelect={() => run(action)}
        >
          <span className="flex-1 truncate">{action.label}</span>
          {action.shortcut ? <Kbd>{action.shortcut}</Kbd> : null}
        </Line>
      ))}
    </Command.Group>
  );
}

interface LineProps {
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}

function Line({ value, icon: Icon, onSelect, children }: LineProps) {
  return (
    <Command.Item value={value} className="menu-item" onSelect={onSelect}>
      <Icon size={15} aria-hidden className="flex-none" />
      {children}
    </Command.Item>
  );
}

function matches(text: string, query: string): boolean {
  return plain(query)
    .split(/\s+/)
    .every((word) => plain(text).includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
