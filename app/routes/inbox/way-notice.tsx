import { useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Detail } from "./data.ts";
import { channelKind } from "./data.ts";

/** Which rule lets an answer through where it does not simply leave, and until when. */
export function WayNotice({ conversation }: { conversation: Detail }) {
  const t = useT("inbox");
  const format = useFormat();
  const { way, wayEndsAt } = conversation.reply;
  if (way !== "human_agent" && way !== "private_reply") return null;
  const channel = t(`channel.${channelKind(conversation.channel.type)}`);
  const until = wayEndsAt ? format.dateTime(wayEndsAt) : "";
  return (
    <Banner tone="info" role="status" className="mb-2">
      <p className="font-medium">{t(`way.${way}`, { channel })}</p>
      <p className="text-dim">{t(`way.${way}_until`, { until })}</p>
    </Banner>
  );
}
