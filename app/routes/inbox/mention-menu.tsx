import { useState, type RefObject } from "react";

import { useT } from "#app/i18n/react.tsx";

import { callingAt, peopleCalled } from "./calling.ts";
import { useSuggestions } from "./suggestions.tsx";

interface Called {
  id: string;
  name: string;
}

interface Mentions {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  /** Whom a note may call; nobody where it is no note. */
  people: readonly Called[];
}

/** An `@` in a note asks whom to call; the chosen one's name is written, and they hear of it. */
export function useMentions({ field, text, write, people }: Mentions) {
  const t = useT("inbox");
  const [caret, setCaret] = useState(0);
  const [dismissed, setDismissed] = useState(-1);
  const calling = people.length > 0 ? callingAt(text, caret) : null;
  const found =
    calling && calling.from !== dismissed
      ? peopleCalled(people, calling.name).map(({ id, name }) => ({ key: id, name }))
      : null;
  const menu = useSuggestions({
    found,
    label: t("mention"),
    onChoose: ({ name }) => {
      if (!calling) return;
      const before = `${text.slice(0, calling.from)}@${name} `;
      write(before + text.slice(caret));
      requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
    },
    onDismiss: () => setDismissed(calling?.from ?? -1),
  });
  return {
    ...menu,
    /** Where one is in the text: told by the field. */
    onSelect: () => setCaret(field.current?.selectionStart ?? 0),
  };
}
