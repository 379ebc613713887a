import { useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Detail } from "./data.ts";
import { channelKind } from "./data.ts";

const todo = {
  window_closed: "closed.windowTodo",
  channel_paused: "closed.channelTodo",
  not_configured: "closed.configTodo",
  opted_out: "closed.optedTodo",
} as const;

/** Why nothing can be sent now, and what to do about it. */
export function ClosedNotice({ conversation }: { conversation: Detail }) {
  const t = useT("inbox");
  const { refusal } = conversation.reply;
  if (!refusal) return null;
  const channel = t(`channel.${channelKind(conversation.channel.type)}`);
  return (
    <Banner tone="warn" role="status" className="mb-2">
      <p className="font-medium">{t(`closed.${refusal}`, { channel })}</p>
      <p className="text-dim">
        {t(todo[refusal])} {t("noteStill")}
      </p>
    </Banner>
  );
}
