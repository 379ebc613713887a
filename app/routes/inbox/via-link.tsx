import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";

import type { ThreadMessage } from "./data.ts";
import { channelKind } from "./data.ts";
import { useMessageAddress } from "./message-address.ts";

/** By which channel a message came or went; leads to it in its own conversation. */
export function ViaLink({ via, messageId }: { via: NonNullable<ThreadMessage["via"]>; messageId: string }) {
  const t = useT("inbox");
  const addressOf = useMessageAddress(via.conversationId);
  return (
    <Link
      to={addressOf(messageId)}
      className="flex min-w-0 items-center gap-1 hover:underline"
      aria-label={t("person.via", { name: via.name })}
      title={t("person.via", { name: via.name })}
    >
      <ChannelIcon kind={channelKind(via.channelType)} />
      <span className="truncate">{via.name}</span>
    </Link>
  );
}
