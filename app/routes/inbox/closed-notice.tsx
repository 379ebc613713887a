import { useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Detail } from "./data.ts";
import { channelKind } from "./data.ts";

const todo = {
  window_closed: "closed.windowTodo",
  channel_paused: "closed.channelTodo",
  not_configured: "closed.configTodo",
  calls_only: "closed.callsTodo",
  opted_out: "closed.optedTodo",
  only_assignee: "closed.onlyAssigneeTodo",
} as const;

/** Why nothing can be sent now, and what to do about it. */
export function ClosedNotice({ conversation }: { conversation: Detail }) {
  const t = useT("inbox");
  const { refusal } = conversation.reply;
  if (!refusal) return null;
  const channel = t(`channel.${channelKind(conversation.channel.type)}`);
  const long = refusal === "window_closed" ? longWindow(conversation) : null;
  return (
    <Banner tone="warn" role="status" className="mb-2">
      <p className="font-medium">{t(`closed.${long ?? refusal}`, { channel })}</p>
      <p className="text-dim">
        {t(long ? "closed.windowLongTodo" : todo[refusal])} {t("noteStill")}
      </p>
    </Banner>
  );
}

/** Instagram's window closes after a week, and never was open for a person who only commented. */
function longWindow({ channel, reply }: Detail): "window_long" | "window_comment" | null {
  if (channel.type !== "instagram") return null;
  const wrote = reply.windowEndsAt !== null && reply.windowEndsAt.getFullYear() > 1971;
  return wrote ? "window_long" : "window_comment";
}
