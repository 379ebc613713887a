import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { useNow } from "#app/ui/now.tsx";

import { Bubble } from "./bubble.tsx";
import type { Detail, Opened, ThreadMessage } from "./data.ts";
import { channelKind } from "./data.ts";
import { EventLine, TicketLine } from "./event-line.tsx";
import { FileViewer } from "./file-viewer.tsx";
import { Line } from "./line.tsx";
import { threadItems } from "./thread-items.ts";
import { useOlderMessages } from "./use-older-messages.ts";
import { useThreadScroll } from "./use-thread-scroll.ts";

interface ThreadProps {
  conversation: Detail;
  thread: Opened["thread"];
  /** How many messages are on their way to the server. */
  waiting: number;
  /** Those messages, after the last one. */
  children: ReactNode;
}

/** Everything said in a conversation. Opens at its end; what is being read stays where it is when more arrives. */
export function Thread({ conversation, thread, waiting, children }: ThreadProps) {
  const t = useT("inbox");
  const format = useFormat();
  const { messages, olderCursor, loadOlder, busy } = useOlderMessages(conversation.id, thread);
  const { box, unseen, toEnd } = useThreadScroll(conversation.id, messages, waiting);
  const items = threadItems(messages, conversation.customer.tickets, format.date, olderCursor === null);
  const channel = t(`channel.${channelKind(conversation.channel.type)}`);
  return (
    <div className="relative min-h-0 flex-1">
      {/* Laid out from the end, so that it opens there before any script has run; kept in place by the hook. */}
      <div
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={t("thread")}
        className="flex h-full flex-col-reverse overflow-y-auto [overflow-anchor:none] overscroll-contain px-6 pb-4 max-sm:px-3"
      >
        <FileViewer messages={messages}>
          <ol className="mx-auto flex w-full max-w-3xl flex-col" aria-live="off">
            {olderCursor ? (
              <li className="flex justify-center py-3">
                <Button size="sm" busy={busy} onClick={loadOlder}>
                  {busy ? t("loading") : t("loadOlder")}
                </Button>
              </li>
            ) : null}
            {items.map((item) => {
              if (item.type === "start") return <Line key={item.key}>{t("start", { channel })}</Line>;
              if (item.type === "day") return <DayLine key={item.key} at={item.at} />;
              if (item.type === "ticket") return <TicketLine key={item.key} ticket={item.ticket} />;
              if (item.message.kind === "event") return <EventLine key={item.key} message={item.message} />;
              return <Bubble key={item.key} message={item.message} joined={item.joined} conversation={conversation} />;
            })}
            {children}
          </ol>
        </FileViewer>
      </div>
      {unseen > 0 ? (
        <button
          type="button"
          onClick={toEnd}
          className="btn btn-primary absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-lg"
        >
          <ArrowDown size={14} aria-hidden />
          {t("newMessages", { count: unseen })}
        </button>
      ) : null}
      <p role="status" className="sr-only">
        {lastInbound(messages)}
      </p>
    </div>
  );
}

function lastInbound(messages: readonly ThreadMessage[]): string {
  const last = messages.at(-1);
  return last?.direction === "in" ? last.text : "";
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
