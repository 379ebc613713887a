import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { ListRow, View } from "./data.ts";
import { channelKind } from "./data.ts";

const minute = 60_000;

interface ConversationRowProps {
  row: ListRow;
  href: string;
  current: boolean;
  /** null: found by a search over every view. */
  view: View | null;
}

/** One conversation: who, what they last said, how long they have waited, what is left to reply in. */
export function ConversationRow({ row, href, current, view }: ConversationRowProps) {
  const t = useT("inbox");
  const unread = row.unreadCount > 0;
  const kind = channelKind(row.channel.type);
  return (
    <li
      data-row=""
      data-current={current ? "" : undefined}
      className={cx(
        "row flex gap-2.5 border-b border-line px-4 py-2.5 focus-within:bg-active hover:bg-hover",
        current && "bg-active shadow-[inset_2px_0_var(--accent)]",
      )}
    >
      <span className="pt-0.5">
        <Avatar name={row.customer.name} size="md" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <a href={href} className={cx("row-link min-w-0 flex-1 truncate", unread && "font-semibold")} aria-current={current ? "page" : undefined}>
            {row.customer.name}
          </a>
          <Wait row={row} />
        </div>
        <div className="flex items-center gap-2">
          <p className={cx("min-w-0 flex-1 truncate", unread ? "text-fg" : "text-dim")}>
            {row.previewDirection === "out" ? <span className="text-faint">{t("you")}</span> : null}
            {row.preview}
          </p>
          {unread ? (
            <span className="text-accent">
              <span className="dot block" aria-hidden />
              <span className="sr-only">{t("unread", { count: row.unreadCount })}</span>
            </span>
          ) : null}
        </div>
        <div className="mt-0.5 flex items-center gap-1.5 text-2xs text-faint">
          <ChannelIcon kind={kind} />
          <span className="truncate">{row.channel.name}</span>
          <WindowLeft row={row} />
          <span className="ml-auto flex items-center gap-1.5">
            {view === null || view === "archived" ? <State row={row} /> : null}
            {row.assignee && view !== "mine" ? <span className="max-w-24 truncate">{row.assignee.name}</span> : null}
          </span>
        </div>
      </div>
    </li>
  );
}

function Wait({ row }: { row: ListRow }) {
  const t = useT("inbox");
  const format = useFormat();
  const now = useNow();
  if (!row.waitingSince || row.status === "resolved") {
    return (
      <span className="text-xs text-faint">
        <RelativeTime at={row.lastMessageAt} style="day" />
      </span>
    );
  }
  const since = new Date(row.waitingSince).getTime();
  const age = format.age(Math.min(since, now), now);
  const waited = now - since;
  const tone = waited > 60 * minute ? "text-bad font-medium" : waited > 15 * minute ? "text-warn font-medium" : "text-dim";
  return (
    <span className={`text-xs ${tone}`} title={t("waiting", { age })}>
      <span className="sr-only">{t("waiting", { age })}</span>
      <span aria-hidden>{age}</span>
    </span>
  );
}

/** Said once it is worth saying: half of the day is over, or all of it. */
function WindowLeft({ row }: { row: ListRow }) {
  const t = useT("inbox");
  const format = useFormat();
  const now = useNow();
  if (!row.windowEndsAt || row.status === "resolved") return null;
  const left = new Date(row.windowEndsAt).getTime() - now;
  if (left <= 0) return <span className="flex-none">· {t("windowClosed")}</span>;
  const soon = left < 120 * minute;
  return (
    <span className={cx("flex-none", soon && "text-warn")}>· {t("windowLeft", { age: format.age(now + left, now) })}</span>
  );
}

function State({ row }: { row: ListRow }) {
  const t = useT("inbox");
  if (row.archived) return <span>{t("archivedMark")}</span>;
  return row.status === "resolved" ? <span>{t("resolvedMark")}</span> : null;
}
