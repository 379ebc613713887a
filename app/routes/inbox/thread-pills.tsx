import { ArrowDown, ArrowUp } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";

interface ThreadPillsProps {
  /** Unread messages that begin further up; 0: they are in sight, or were. */
  unread: number;
  onUnread: () => void;
  /** Messages that came while one was reading further up. */
  unseen: number;
  /** The end is more than a screen away. */
  isFar: boolean;
  onEnd: () => void;
}

const pill = "absolute left-1/2 -translate-x-1/2 rounded-full shadow-lg";

/** Over the thread: the ways to what was unread and to the end. */
export function ThreadPills({ unread, onUnread, unseen, isFar, onEnd }: ThreadPillsProps) {
  const t = useT("inbox");
  return (
    <>
      {unread > 0 ? (
        <button type="button" onClick={onUnread} className={`btn btn-primary top-3 ${pill}`} data-screen-only>
          <ArrowUp size={14} aria-hidden />
          {t("unread", { count: unread })}
        </button>
      ) : null}
      {unseen > 0 ? (
        <button type="button" onClick={onEnd} className={`btn btn-primary bottom-3 ${pill}`} data-screen-only>
          <ArrowDown size={14} aria-hidden />
          {t("newMessages", { count: unseen })}
        </button>
      ) : isFar ? (
        <span
          className="absolute right-4 bottom-3 rounded-full border border-line bg-raised shadow-lg"
          data-screen-only
        >
          <IconButton label={t("toEnd")} icon={<ArrowDown size={16} aria-hidden />} onClick={onEnd} tipSide="end" />
        </span>
      ) : null}
    </>
  );
}
