import { useState, type RefObject } from "react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";

import type { ActionResult } from "./act.ts";
import type { QuickReply } from "./data.ts";
import { useSuggestions } from "./suggestions.tsx";
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
  const t = useT("inbox");
  const [dismissed, setDismissed] = useState("");
  const fetcher = useFetcher<ActionResult>();
  const { submit } = fetcher;
  useAnswer(fetcher, (answer) => {
    if (!answer.ok || answer.text === undefined) return;
    write(answer.text);
    field.current?.focus();
  });
  const asked = /^\/([\p{L}\p{N}_-]*)$/u.exec(text)?.[1]?.toLowerCase();
  const open = asked !== undefined && dismissed !== text && replies.length > 0;
  const found = open
    ? search(replies, asked).map(({ id, shortcut, template }) => ({
        key: id,
        name: `/${shortcut}`,
        beside: preview(template, values),
      }))
    : null;
  return useSuggestions({
    found,
    label: t("quickReplies"),
    none: t("noQuickReply"),
    onChoose: ({ key }) => void submit({ intent: "quick-reply", quickReplyId: key }, { method: "post" }),
    onDismiss: () => setDismissed(text),
  });
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
