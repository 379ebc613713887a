import { Bold, Italic } from "lucide-react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";

import { useT } from "#app/i18n/react.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";

import { toggleMark, type Mark } from "./marks.ts";

interface Marking {
  field: RefObject<HTMLTextAreaElement | null>;
  /** The channel carries it. */
  carried: boolean;
  write: (text: string) => void;
}

/** Bold and italic by a button or Ctrl+B and Ctrl+I, where the channel carries them. */
export function useMarking({ field, carried, write }: Marking) {
  const t = useT("inbox");
  const mark = (which: Mark) => {
    const box = field.current;
    if (!box) return;
    const { text, at } = toggleMark(box.value, [box.selectionStart, box.selectionEnd], which);
    write(text);
    box.focus();
    requestAnimationFrame(() => box.setSelectionRange(...at));
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!carried || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key !== "b" && key !== "i") return false;
    event.preventDefault();
    mark(key === "b" ? "bold" : "italic");
    return true;
  };
  const buttons: ReactNode = carried ? (
    <span className="flex max-sm:hidden">
      <IconButton
        size="sm"
        label={t("bold")}
        icon={<Bold size={14} aria-hidden />}
        aria-keyshortcuts="Control+B"
        onClick={() => mark("bold")}
      />
      <IconButton
        size="sm"
        label={t("italic")}
        icon={<Italic size={14} aria-hidden />}
        aria-keyshortcuts="Control+I"
        onClick={() => mark("italic")}
      />
    </span>
  ) : null;
  return { onKeyDown, buttons };
}
