import { ChevronRight } from "lucide-react";
import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { ChannelIcon, type ChannelKind } from "#app/ui/channel-icon.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { useAlertText, type AlertFacts } from "./alert-text.tsx";
import { HealthBadge, type Health } from "./health-badge.tsx";
import { wordsFor } from "./words.ts";

interface ChannelCardProps {
  channel: {
    id: string;
    channelType: ChannelKind;
    name: string;
    address: string | null;
    simulated: boolean;
    /** Wrong signatures are explained, not refused. */
    observeMode: boolean;
    health: Health;
    lastWebhookAt: Date | null;
    lastOutboundAt: Date | null;
    lastError: { at: Date; reason: string } | null;
    alerts: AlertFacts[];
  };
}

/** One channel: what it is, how it is doing, when it last worked. */
export function ChannelCard({ channel }: ChannelCardProps) {
  const t = useT("channels");
  const format = useFormat();
  const to = useTenantPath();
  const mayOpen = useCan("channels.write");
  const alertText = useAlertText();
  const { id, channelType, name, address, health, lastError, simulated } = channel;
  const alerts = channel.alerts.filter((alert) => alert.kind !== "channel_failing");
  return (
    <li className="relative flex flex-col rounded-xl border border-line bg-raised has-[a:hover]:border-control">
      <div className="flex items-start gap-3 p-4 pb-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-active [&>span]:text-accent">
          <ChannelIcon kind={channelType} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">
            {mayOpen ? (
              <Link to={to(`settings/channels/${id}`)} className="after:absolute after:inset-0 after:rounded-xl">
                {name}
                {address ? <span className="sr-only">, {format.phone(address)}</span> : null}
              </Link>
            ) : (
              name
            )}
          </h2>
          <p className="truncate text-dim">
            {t(`type.${channelType}`)}
            {address ? ` · ${format.phone(address)}` : ""}
          </p>
        </div>
        {mayOpen ? <ChevronRight size={16} aria-hidden className="mt-1 text-faint" /> : null}
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-3">
        <HealthBadge health={health} channelType={channelType} />
        {simulated ? <Badge title={t("simulatedHint")}>{t("simulated")}</Badge> : null}
        {channel.observeMode && health !== "setup" ? (
          <Badge tone="warn" title={t("signatures.observing")}>
            {t("signatures.badge")}
          </Badge>
        ) : null}
      </div>
      {lastError ? (
        <p className="px-4 pb-3 text-bad">{wordsFor(t, `error.${lastError.reason}`, "error.handler_error")}</p>
      ) : null}
      {alerts.map((alert) => (
        <p key={alert.kind} className={`px-4 pb-3 ${alert.severity === "critical" ? "text-bad" : "text-warn"}`}>
          {alertText(alert)}
        </p>
      ))}
      <dl className="mt-auto grid grid-cols-2 border-t border-line text-dim">
        <Moment name={t("lastInbound")} at={channel.lastWebhookAt} />
        {channelType === "phone" ? null : <Moment name={t("lastOutbound")} at={channel.lastOutboundAt} />}
      </dl>
    </li>
  );
}

function Moment({ name, at }: { name: string; at: Date | null }) {
  const t = useT("channels");
  return (
    <div className="px-4 py-2.5 not-last:border-r not-last:border-line">
      <dt className="text-xs text-faint">{name}</dt>
      <dd className="text-fg">{at ? <RelativeTime at={at} /> : t("never")}</dd>
    </div>
  );
}
