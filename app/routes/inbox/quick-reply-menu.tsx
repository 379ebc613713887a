import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

import type { ActionResult } from "./act.ts";
import type { QuickReply } from "./data.ts";
import { useAnswer } from "./use-answer.ts";

interface QuickReplies {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  replies: readonly QuickReply[];
  /** What variables will be filled with, for a look at them beforehand. */
  values: Readonly<Record<string, string>>;
}

const most = 8;

/** A text that begins with `/` asks for a ready-made answer; the chosen one comes filled in, to be looked over and sent. */
export function useQuickReplies({ field, text, write, replies, values }: QuickReplies) {
  const id = useId();
  const [dismissed, setDismissed] = useState("");
  const [at, setAt] = useState(0);
  const fetcher = useFetcher<ActionResult>();
  const { submit } = fetcher;
  useAnswer(fetcher, (answer) => {
    if (!answer.ok || answer.text === undefined) return;
    write(answer.text);
    field.current?.focus();
  });
  const asked = /^\/([\p{L}\p{N}_-]*)$/u.exec(text)?.[1]?.toLowerCase();
  const open = asked !== undefined && dismissed !== text && replies.length > 0;
  const found = open ? search(replies, asked) : [];
  const active = Math.min(at, found.length - 1);
  const choose = (reply: QuickReply | undefined) => {
    if (reply) void submit({ intent: "quick-reply", quickReplyId: reply.id }, { method: "post" });
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) setAt((active + step + found.length) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.metaKey && !event.ctrlKey && found.length > 0)
      choose(found[active]);
    else if (event.key === "Escape") setDismissed(text);
    else return false;
    event.preventDefault();
    return true;
  };
  return {
    onKeyDown,
    aria: open
      ? {
          "aria-autocomplete": "list" as const,
          "aria-haspopup": "listbox" as const,
          "aria-controls": id,
          "aria-activedescendant": found[active] ? `${id}-${active}` : undefined,
        }
      : {},
    element: open ? <Options id={id} found={found} active={active} values={values} onChoose={choose} /> : null,
  } as const;
}

interface OptionsProps {
  id: string;
  found: readonly QuickReply[];
  active: number;
  values: Readonly<Record<string, string>>;
  onChoose: (reply: QuickReply) => void;
}

function Options({ id, found, active, values, onChoose }: OptionsProps) {
  const t = useT("inbox");
  return (
    <div className="menu absolute bottom-full left-4 mb-1 w-[min(28rem,calc(100%-2rem))] max-w-none">
      <p className="menu-label">{t("quickReplies")}</p>
      <div id={id} role="listbox" aria-label={t("quickReplies")}>
        {found.map((reply, index) => (
          <div
            key={reply.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            data-selected={index === active}
            className="menu-item"
            onPointerDown={(event) => {
              event.preventDefault();
              onChoose(reply);
            }}
          >
            <span className={cx("flex-none font-medium", index === active && "text-accent")}>/{reply.shortcut}</span>
            <span className="min-w-0 flex-1 truncate text-dim">{preview(reply.template, values)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="px-2 py-1.5 text-dim">{t("noQuickReply")}</p> : null}
    </div>
  );
}

function preview(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => values[name] || whole);
}

/** Those whose shortcut begins with what was typed, then those that hold it; the most used first. */
export function search(replies: readonly QuickReply[], asked: string): QuickReply[] {
  const rank = ({ shortcut, template }: QuickReply) =>
    shortcut.startsWith(asked) ? 0 : shortcut.includes(asked) || template.toLowerCase().includes(asked) ? 1 : 2;
  return replies
    .filter((reply) => rank(reply) < 2)
    .toSorted((a, b) => rank(a) - rank(b) || b.usageCount - a.usageCount || a.shortcut.localeCompare(b.shortcut))
    .slice(0, most);
}
