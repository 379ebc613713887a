import { AlarmClock } from "lucide-react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { ViewerMark } from "#app/shell/viewer-line.tsx";
import { useViewers } from "#app/shell/viewers.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { ListRow, View } from "./data.ts";
import { channelKind } from "./data.ts";
import { LabelBadge } from "./label-badge.tsx";
import { Preview } from "./preview.tsx";
import { useMoment } from "./use-moment.ts";
import { useDraftText } from "./draft-store.ts";

const minute = 60_000;

interface ConversationRowProps {
  row: ListRow;
  href: string;
  current: boolean;
  /** null: found by a search over every view. */
  view: View | null;
  place: RowPlace;
  /** In a list that renders what is in sight alone: who measures the row. */
  measure?: ((row: HTMLElement | null) => void) | undefined;
}

/** Where the row stands in its list. */
export interface RowPlace {
  /** From 1. */
  position: number;
  /** -1 while nobody knows how many there are. */
  total: number;
}

/** One conversation: who, what they last said, how long they have waited, what is left to reply in. */
export function ConversationRow({ row, href, current, view, place, measure }: ConversationRowProps) {
  const t = useT("inbox");
  const format = useFormat();
  const viewers = useViewers();
  const unread = row.unreadCount > 0;
  // Of the one that is open, the words stand in its composer.
  const written = useDraftText(row.id, row.draft)?.trim();
  const draft = current ? null : written;
  return (
    <li
      ref={measure}
      data-index={place.position - 1}
      aria-posinset={place.position}
      aria-setsize={place.total}
      data-row=""
      data-current={current ? "" : undefined}
      className={cx(
        "row flex gap-2.5 border-b border-line px-4 py-2.5 focus-within:bg-active",
        current ? "bg-active shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      <span className="pt-1">
        <Avatar name={row.customer.name} size="md" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <a
            href={href}
            className={cx("row-link min-w-0 flex-1 truncate", unread && "font-semibold")}
            aria-label={nameOf(row, format.dateTime(row.lastMessageAt))}
            aria-current={current ? "page" : undefined}
          >
            {row.customer.name}
          </a>
          <ViewerMark viewers={viewers.get(row.id)} />
          {row.assignee && view !== "mine" ? <Assignee name={row.assignee.name} /> : <Team name={row.team} />}
          <Wait row={row} />
        </div>
        <div className="flex items-center gap-2">
          <p className={cx("min-w-0 flex-1 truncate", unread ? "text-fg" : "text-dim")}>
            {draft ? (
              <span className="text-warn">{t("draft")}</span>
            ) : row.previewDirection === "out" ? (
              <span className="text-faint">{t("you")}</span>
            ) : null}
            {draft || <Preview text={row.preview} />}
          </p>
          <span className="flex flex-none items-center gap-1 text-2xs text-faint">
            {row.labels.slice(0, 2).map((label) => (
              <LabelBadge key={label.id} label={label} />
            ))}
            {row.labels.length > 2 ? (
              <span title={row.labels.map(({ name }) => name).join(", ")}>+{row.labels.length - 2}</span>
            ) : null}
            {view === null || view === "archived" || view === "snoozed" ? <State row={row} /> : null}
            <WindowLeft row={row} />
            <ChannelIcon kind={channelKind(row.channel.type)} label={row.channel.name} />
          </span>
          {unread ? (
            <span className="size-2 flex-none rounded-full bg-accent">
              <span className="sr-only">{t("unread", { count: row.unreadCount })}</span>
            </span>
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** As much of the last words as tells a conversation from another of the same person, channel and minute. */
const nameOf = ({ customer, channel, preview }: ListRow, at: string) =>
  [customer.name, channel.name, at, preview.slice(0, 80).trim()].filter(Boolean).join(", ");

/** Of what nobody has yet. */
function Team({ name }: { name: string | null }) {
  const t = useT("together");
  if (!name) return null;
  return (
    <span className="max-w-24 flex-none truncate text-2xs text-faint" title={`${t("team")} : ${name}`}>
      <span className="sr-only">{t("team")} : </span>
      {name}
    </span>
  );
}

function Assignee({ name }: { name: string }) {
  const t = useT("inbox");
  const words = t("assignee", { name });
  return (
    <span className="max-w-20 flex-none truncate text-2xs text-faint" title={words}>
      <span className="sr-only">{words}</span>
      <span aria-hidden>{name.split(" ", 1)[0]}</span>
    </span>
  );
}

function Wait({ row }: { row: ListRow }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const format = useFormat();
  const now = useNow();
  if (!row.waitingSince || row.status === "resolved" || row.status === "spam") {
    return (
      <span className="text-xs text-faint">
        <RelativeTime at={row.lastMessageAt} style="day" />
      </span>
    );
  }
  const since = row.waitingSince.getTime();
  const waited = now - since;
  const age = waited < minute ? ui("now") : format.age(since, now);
  const tone =
    waited > 60 * minute ? "text-bad font-medium" : waited > 15 * minute ? "text-warn font-medium" : "text-dim";
  return (
    <span className={`text-xs ${tone}`} title={t("waiting", { age })}>
      <span className="sr-only">{t("waiting", { age })}</span>
      <span aria-hidden>{age}</span>
    </span>
  );
}

/** What is left to reply in; red is kept for waiting, so that this only warns. */
function WindowLeft({ row }: { row: ListRow }) {
  const t = useT("inbox");
  const format = useFormat();
  const now = Math.max(useNow(), row.lastMessageAt.getTime());
  if (!row.windowEndsAt || row.status === "resolved" || row.status === "spam") return null;
  const left = row.windowEndsAt.getTime() - now;
  if (left <= 0) return <span>{t("windowClosed")}</span>;
  const age = format.age(now + left, now);
  return (
    <span className={left < 120 * minute ? "font-medium text-warn" : undefined} title={t("windowLeft", { age })}>
      <span className="sr-only">{t("windowLeft", { age })}</span>
      <span aria-hidden>{age}</span>
    </span>
  );
}

function State({ row }: { row: ListRow }) {
  const t = useT("inbox");
  const format = useFormat();
  const moment = useMoment();
  const now = useNow();
  if (row.snoozedUntil) {
    const until = moment(row.snoozedUntil);
    return (
      <span title={t("state.snoozed", { until })} className="flex items-center gap-0.5">
        <AlarmClock size={11} aria-hidden />
        <span className="sr-only">{t("state.snoozed", { until })}</span>
        <span aria-hidden>{format.day(row.snoozedUntil, now)}</span>
      </span>
    );
  }
  if (row.status === "spam") return <span>{t("spamMark")}</span>;
  if (row.archived) return <span>{t("archivedMark")}</span>;
  return row.status === "resolved" ? <span>{t("resolvedMark")}</span> : null;
}
