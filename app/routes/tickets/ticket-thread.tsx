import { useLive } from "#app/shell/live.ts";

import { Composer } from "../inbox/composer.tsx";
import type { Detail, Opened, QuickReply } from "../inbox/data.ts";
import { Thread } from "../inbox/thread.tsx";
import { useUnsent } from "../inbox/unsent.tsx";
import { useMarkRead } from "../inbox/use-mark-read.ts";

interface TicketThreadProps {
  conversation: Detail;
  thread: Opened["thread"];
  around: Opened["thread"] | null;
  quickReplies: QuickReply[];
  colleagues: Opened["colleagues"];
  draft: Opened["draft"];
  scheduled: Opened["scheduled"];
  description: string;
}

/** The conversation that the ticket is about, answered from here as from the inbox. */
export function TicketThread(props: TicketThreadProps) {
  const { conversation, thread, around, quickReplies, colleagues, draft, scheduled, description } = props;
  const { waiting, items } = useUnsent(conversation, thread, scheduled);
  useLive(["messages", "conversations"], [conversation.id]);
  useMarkRead(conversation);
  return (
    <>
      {description ? (
        <p className="max-h-24 overflow-y-auto border-b border-line bg-sunken px-5 py-2.5 whitespace-pre-wrap text-dim max-sm:px-4">
          {description}
        </p>
      ) : null}
      <Thread conversation={conversation} thread={thread} around={around} waiting={waiting}>
        {items}
      </Thread>
      <Composer
        conversation={conversation}
        quickReplies={quickReplies}
        colleagues={colleagues}
        messages={thread.messages}
        draft={draft}
      />
    </>
  );
}
