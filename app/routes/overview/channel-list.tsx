import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { useNow } from "#app/ui/now.tsx";
import { StatusDot } from "#app/ui/status-dot.tsx";
import type { Tone } from "#app/ui/tone.ts";

import type { Overview } from "./page.tsx";

type Channel = Overview["channels"][number];
const tones: Record<Channel["health"], Tone> = {
  healthy: "ok",
  degraded: "warn",
  action_needed: "bad",
  silent: "warn",
  paused: "neutral",
  setup: "info",
  waiting: "info",
};

export function ChannelList({ channels }: { channels: Channel[] }) {
  const t = useT("overview");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  const mayOpen = useCan("channels.write");
  return (
    <ul className="border-t border-line">
      {channels.map((channel) => (
        <li key={channel.id} className="border-b border-line">
          <Link
            to={to(mayOpen ? `settings/channels/${channel.id}` : "settings/channels")}
            className="flex items-center gap-3 py-2 hover:bg-hover"
          >
            <ChannelIcon kind={channel.channelType} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{channel.name}</span>
              <span className="block truncate text-xs text-faint">
                {channel.lastWebhookAt
                  ? t("lastIn", {
                      when: format.relative(channel.lastWebhookAt, Math.max(now, channel.lastWebhookAt.getTime())),
                    })
                  : t("neverIn")}
              </span>
            </span>
            <StatusDot tone={tones[channel.health]}>{t(`health.${channel.health}`)}</StatusDot>
          </Link>
        </li>
      ))}
    </ul>
  );
}
