import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { ChannelIcon, type ChannelKind } from "#app/ui/channel-icon.tsx";
import { cx } from "#app/ui/classes.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { filterQuery, readFilter, type LogFilter } from "./log-address.ts";

interface AccountRowProps {
  account: {
    channelId: string;
    name: string;
    channelType: ChannelKind;
    address: string | null;
    enabled: boolean;
    lastWebhookAt: Date | null;
    received: number;
    processed: number;
    failed: number;
    meanMs: number | null;
  };
  /** The period of the figures; null is since ever. */
  days: number | null;
}

/** One account; its figures lead to its events in the log. */
export function AccountRow({ account, days }: AccountRowProps) {
  const t = useT("logs");
  const format = useFormat();
  const to = useTenantPath();
  const { channelId, channelType, name, address, enabled, lastWebhookAt, received, processed, failed, meanMs } =
    account;
  const period = days === 7 ? "7d" : days === 30 ? "30d" : "all";
  const query = (change: Partial<LogFilter>) =>
    to(`logs${filterQuery(readFilter(new URLSearchParams()), { period, channel: channelId, ...change })}`);
  const figure = (label: string, events: number, address: string, bad = false) => (
    <td className={cx("text-right tabular-nums", bad && events > 0 && "text-bad", events === 0 && "text-faint")}>
      <span className="mr-1 text-faint sm:hidden">{label}</span>
      {events > 0 ? (
        <Link to={address} className="hover:underline">
          {format.number(events)}
        </Link>
      ) : (
        format.number(events)
      )}
    </td>
  );
  return (
    <tr>
      <td className="max-sm:w-full">
        <span className="flex min-w-0 items-center gap-2">
          <ChannelIcon kind={channelType} />
          <span className="truncate font-medium">{name}</span>
          {address ? <span className="truncate text-dim">{format.phone(address)}</span> : null}
        </span>
      </td>
      <td>
        <Badge tone={enabled ? "ok" : "neutral"}>{t(enabled ? "accounts.on" : "accounts.paused")}</Badge>
      </td>
      <td className="whitespace-nowrap text-dim">
        <span className="mr-1 text-faint sm:hidden">{t("accounts.last")}</span>
        {lastWebhookAt ? <RelativeTime at={lastWebhookAt} /> : t("accounts.never")}
      </td>
      {figure(t("accounts.received"), received, query({}))}
      {figure(t("accounts.processed"), processed, query({ status: ["processed", "duplicate", "ignored"] }))}
      {figure(t("accounts.failed"), failed, query({ status: ["failed", "rejected"] }), true)}
      <td className="text-right text-dim tabular-nums">
        <span className="mr-1 text-faint sm:hidden">{t("accounts.mean")}</span>
        {meanMs === null ? "–" : format.duration(meanMs)}
      </td>
    </tr>
  );
}
