import { memo, useEffect, useRef, type CSSProperties, type ReactNode } from "react";
import { Link, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useNow } from "#app/ui/now.tsx";

import { Bubble } from "./bubble.tsx";
import type { Detail } from "./data.ts";
import { channelKind } from "./data.ts";
import { EventLine, TicketLine } from "./event-line.tsx";
import { Line } from "./line.tsx";
import { anchorOf } from "./message-address.ts";
import type { ThreadItem } from "./thread-items.ts";
import type { Place } from "./thread-pieces.ts";

export interface ThreadRowProps {
  item: ThreadItem;
  conversation: Detail;
  /** Everything of a person is read, and not one conversation. */
  ofPerson: boolean;
  /** It is the message that the address names. */
  isNamed: boolean;
  busy: boolean;
  onAsk: (place: Place) => void;
  /** Whether the line above what was unread is in sight. */
  onUnread: (inSight: boolean) => void;
  /** In a thread that renders what is in sight alone: where it stands, counted from the newest. */
  measure?: ((row: HTMLElement | null) => void) | undefined;
  index?: number | undefined;
  /** Pixels from the end of the thread. */
  bottom?: number | undefined;
  /** Rows that are known. */
  count?: number | undefined;
  /** Nothing older is missing. */
  isWhole?: boolean | undefined;
}

/** One row of the thread. A row that did not change is not rendered anew: a thread has thousands. */
export const ThreadRow = memo(function ThreadRow(props: ThreadRowProps) {
  const { item, isNamed, measure, index, bottom, count, isWhole } = props;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isNamed) row.current?.focus({ preventScroll: true });
  }, [isNamed]);
  const placed = bottom === undefined || index === undefined || count === undefined ? null : { index, bottom, count };
  const style: CSSProperties | undefined = placed ? { position: "absolute", insetInline: 0, bottom } : undefined;
  return (
    <li
      ref={(element) => {
        row.current = element;
        if (placed) measure?.(element);
      }}
      id={item.type === "message" ? anchorOf(item.key) : undefined}
      data-key={item.key}
      data-index={placed?.index}
      data-named={isNamed ? "" : undefined}
      tabIndex={isNamed ? -1 : undefined}
      style={style}
      className="thread-row"
      aria-posinset={placed ? placed.count - placed.index : undefined}
      aria-setsize={placed ? (isWhole ? placed.count : -1) : undefined}
    >
      <Content {...props} />
    </li>
  );
}, isSame);

/** A layout makes its rows anew each time; what they say is what counts. */
function isSame(before: ThreadRowProps, after: ThreadRowProps): boolean {
  const { item: was, ...restBefore } = before;
  const { item: is, ...restAfter } = after;
  // Of both: a row that is no longer placed lacks what it had.
  const keys = Object.keys({ ...restBefore, ...restAfter }) as (keyof typeof restAfter)[];
  return keys.every((key) => restBefore[key] === restAfter[key]) && isSameItem(was, is);
}

function isSameItem(was: ThreadItem, is: ThreadItem): boolean {
  if (was.type !== is.type || was.key !== is.key) return false;
  if (was.type === "message" && is.type === "message")
    return was.message === is.message && was.joined === is.joined && samePlace(was.gap, is.gap);
  if (was.type === "ticket" && is.type === "ticket") return was.ticket === is.ticket;
  if (was.type === "more" && is.type === "more") return was.first === is.first;
  return true;
}

const samePlace = (a: Place | null, b: Place | null) =>
  String(new URLSearchParams(a ?? {})) === String(new URLSearchParams(b ?? {}));

function Content({ item, conversation, ofPerson, busy, onAsk, onUnread }: ThreadRowProps) {
  const t = useT("inbox");
  switch (item.type) {
    case "start":
      return (
        <Line>
          {ofPerson
            ? t("person.start")
            : t("start", { channel: t(`channel.${channelKind(conversation.channel.type)}`) })}
        </Line>
      );
    case "more":
      return (
        <MoreLine from={item.first} place={item.place} busy={busy} onAsk={onAsk}>
          {t("loadOlder")}
        </MoreLine>
      );
    case "day":
      return <DayLine at={item.at} />;
    case "unread":
      return <UnreadLine onUnread={onUnread} />;
    case "ticket":
      return <TicketLine ticket={item.ticket} />;
    case "message":
      return (
        <>
          {item.message.kind === "event" ? (
            <EventLine message={item.message} />
          ) : (
            <Bubble message={item.message} joined={item.joined} conversation={conversation} />
          )}
          {item.gap ? (
            <MoreLine from={item.message.id} place={item.gap} busy={busy} onAsk={onAsk}>
              {t("loadBetween")}
            </MoreLine>
          ) : null}
        </>
      );
  }
}

interface MoreLineProps {
  /** The message beside what is missing: without a script, the page opens around it. */
  from: string;
  place: Place;
  busy: boolean;
  onAsk: (place: Place) => void;
  children: ReactNode;
}

/** Where messages are missing: fetched as one comes near, or pressed. */
function MoreLine({ from, place, busy, onAsk, children }: MoreLineProps) {
  const t = useT("inbox");
  const { search } = useLocation();
  const params = new URLSearchParams(search);
  params.set("message", from);
  return (
    <p className="flex justify-center py-3">
      <Link
        to={`?${params}#${anchorOf(from)}`}
        preventScrollReset
        className="btn btn-sm"
        aria-busy={busy}
        data-more=""
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onAsk(place);
        }}
      >
        {busy ? t("loading") : children}
      </Link>
    </p>
  );
}

function DayLine({ at }: { at: Date }) {
  const t = useT("inbox");
  const format = useFormat();
  const now = useNow();
  const today = format.date(at) === format.date(now);
  return (
    <Line>
      <time dateTime={at.toISOString()} className="inline-block first-letter:uppercase">
        {today ? t("today") : format.day(at, now)}
      </time>
    </Line>
  );
}

function UnreadLine({ onUnread }: { onUnread: (inSight: boolean) => void }) {
  const t = useT("inbox");
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(([seen]) => onUnread(seen?.isIntersecting ?? false));
    if (line.current) watcher.observe(line.current);
    return () => watcher.disconnect();
  }, [onUnread]);
  return (
    <p ref={line} className="flex items-center gap-3 pt-3 pb-1 text-xs font-medium text-accent">
      <span className="h-px flex-1 bg-line" />
      {t("unreadFrom")}
      <span className="h-px flex-1 bg-line" />
    </p>
  );
}
