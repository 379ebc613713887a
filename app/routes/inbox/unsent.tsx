import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";

import type { Detail, Opened } from "./data.ts";
import { channelKind } from "./data.ts";
import { Outgoing } from "./outgoing.tsx";
import { useOutgoing } from "./outgoing-store.ts";
import { ScheduledBubble } from "./scheduled-bubble.tsx";

/** What stands after the last message of a thread: what leaves later, and what is on its way to the server. */
export function useUnsent(
  conversation: Detail,
  thread: Opened["thread"],
  scheduled: Opened["scheduled"],
): { waiting: number; items: ReactNode } {
  const t = useT("inbox");
  const { outgoing, waiting } = useOutgoing(conversation.id, [...thread.messages, ...scheduled]);
  const channel = t(`channel.${channelKind(conversation.channel.type)}`);
  // What leaves while the two are read would stand there twice.
  const sent = new Set(thread.messages.map(({ key }) => key));
  const later = scheduled.filter(({ key }) => !sent.has(key));
  const items = (
    <>
      {later.map((one) => (
        <ScheduledBubble key={one.id} one={one} composerId={conversation.id} channel={channel} />
      ))}
      {outgoing.map(({ entry, arrived }) => (
        <Outgoing key={entry.key} entry={entry} arrived={arrived} />
      ))}
    </>
  );
  return { waiting: waiting + later.length, items };
}
