import { useMemo, useState, type ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";

import type { Detail, Opened, ThreadMessage } from "./data.ts";
import { FileViewer } from "./file-viewer.tsx";
import { threadItems, type ThreadItem } from "./thread-items.ts";
import { ThreadPills } from "./thread-pills.tsx";
import { ThreadRow } from "./thread-row.tsx";
import { ThreadRows, type PlacedRow } from "./thread-rows.tsx";
import { useDayOf } from "./use-day-of.ts";
import { useJump, usePlainJump } from "./use-jump.ts";
import { useLongThread } from "./use-long-thread.ts";
import { useNearBeginning } from "./use-near-beginning.ts";
import { useThreadPieces } from "./use-thread-pieces.ts";
import { useThreadScroll } from "./use-thread-scroll.ts";
import { useUnread, useWayToUnread } from "./use-unread.ts";
import { useWholeThread } from "./use-whole-thread.ts";

/** Rows that a page holds without effort; of a longer thread those in sight are rendered alone. */
const mostPlain = 120;

/** A customer, whose conversations are read as one. */
export interface ThreadOfPerson {
  customerId: string;
  unreadCount: number;
}

interface ThreadProps {
  /** The one that is read; of a person's, the one that is answered. */
  conversation: Detail;
  person?: ThreadOfPerson;
  thread: Opened["thread"];
  /** The messages around the one that the address names. */
  around: Opened["thread"] | null;
  /** How many messages are on their way to the server. */
  waiting: number;
  /** Those messages, after the last one. */
  children: ReactNode;
}

/**
 * Everything said in a conversation. Opens at its end, or at the message that the address names; what is being read stays
 * where it is when more arrives.
 */
export function Thread({ conversation, person, thread, around, waiting, children }: ThreadProps) {
  const t = useT("inbox");
  const { customer } = conversation;
  const id = person ? `person ${person.customerId}` : conversation.id;
  const { pieces, ask, busy } = useThreadPieces(person ?? { conversationId: id }, thread, around);
  const live = pieces.at(-1)!;
  const unread = useUnread((person ?? conversation).unreadCount, live);
  const dayOf = useDayOf();
  const ofPerson = person !== undefined;
  const tickets = useMemo(
    () => (ofPerson ? customer.tickets.map((ticket) => ({ ...ticket, here: true })) : customer.tickets),
    [customer.tickets, ofPerson],
  );
  const items = useMemo(
    () => threadItems({ pieces, tickets, dayOf, unreadId: unread.id }),
    [pieces, tickets, dayOf, unread.id],
  );
  const messages = useMemo(() => pieces.flatMap((piece) => piece.messages), [pieces]);
  const { named, jump, go } = useJump(items);
  const longThread = useLongThread(busy || items.length > mostPlain || pieces.length > 1);
  const isLong = longThread !== null;
  const { box, unseen, isAtEnd, isFar, toEnd } = useThreadScroll({
    conversationId: id,
    messages: live.messages,
    waiting,
    isLong,
    opensAtEnd: jump === null,
  });
  const isWhole = useWholeThread(box, isLong);
  // While what lays out a long thread is on its way, its end stands there alone.
  const plain = isWhole || pieces.length > 1 ? items : items.slice(-mostPlain);
  const [tail, setTail] = useState<HTMLOListElement | null>(null);
  const first = items[0]?.type === "more" ? items[0].place : null;
  useNearBeginning(box, first && !isLong ? () => ask(first) : null);
  usePlainJump(box, jump, !isLong || isWhole);
  const toUnread = useWayToUnread(unread.id, live, ask, go);
  const label = t(ofPerson ? "person.thread" : "thread");
  const rowOf = (item: ThreadItem, placed?: PlacedRow) => (
    <ThreadRow
      key={item.key}
      item={item}
      conversation={conversation}
      ofPerson={ofPerson}
      isNamed={item.key === named}
      busy={busy && (item.type === "more" || (item.type === "message" && item.gap !== null))}
      onAsk={ask}
      onUnread={unread.onUnread}
      isWhole={first === null && pieces.length === 1}
      {...placed}
    />
  );
  return (
    <div className="relative min-h-0 flex-1">
      {/* Laid out from the end, so that it opens there before any script has run; kept in place by the hook. */}
      <div
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={label}
        className="flex h-full flex-col-reverse overflow-y-auto [overflow-anchor:none] overscroll-contain px-6 pb-4 max-sm:px-3"
      >
        <FileViewer messages={messages}>
          <div className="mx-auto w-full max-w-3xl">
            <ThreadRows
              label={label}
              box={box}
              tail={tail}
              items={items}
              plain={plain}
              longThread={isWhole ? null : longThread}
              isAtEnd={isAtEnd}
              jump={jump}
              onNear={ask}
              rowOf={rowOf}
            />
            <ol ref={setTail} aria-label={t("notGone")} aria-live="off">
              {children}
            </ol>
          </div>
        </FileViewer>
      </div>
      <ThreadPills
        unread={unread.isAway ? unread.count : 0}
        onUnread={toUnread}
        unseen={unseen}
        isFar={isFar}
        onEnd={toEnd}
      />
      <p role="status" className="sr-only">
        {lastInbound(live.messages)}
      </p>
    </div>
  );
}

function lastInbound(messages: readonly ThreadMessage[]): string {
  const last = messages.at(-1);
  return last?.direction === "in" ? last.text : "";
}
