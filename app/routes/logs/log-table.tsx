import { useFormat, useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { ChannelIcon, type ChannelKind } from "#app/ui/channel-icon.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { Reason, Status } from "./log-address.ts";
import { statusTones, typeWords } from "./log-words.ts";

export interface LogRow {
  id: string;
  receivedAt: Date;
  channelName: string | null;
  channelType: ChannelKind | null;
  platform: string;
  type: string;
  status: Status;
  reason: Reason | null;
  customerName: string | null;
  customerIdentifier: string | null;
  processingTimeMs: number | null;
  attempts: number;
}

interface LogTableProps {
  rows: readonly LogRow[];
  /** Address of a row, its id left out. */
  base: string;
  query: string;
  current: string | undefined;
}

const dayMs = 86_400_000;

/** The events, the newest first; below 640 px each becomes a card. */
export function LogTable({ rows, base, query, current }: LogTableProps) {
  const t = useT("logs");
  const format = useFormat();
  const now = useNow();
  return (
    <table className="table table-stack" aria-label={t("title")}>
      <thead>
        <tr>
          <th>{t("time")}</th>
          <th>{t("channel")}</th>
          <th>{t("event")}</th>
          <th>{t("status")}</th>
          <th>{t("customer")}</th>
          <th className="text-right">{t("took")}</th>
          <th className="text-right">{t("tries")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-row="" data-current={row.id === current ? "" : undefined}>
            <td className="whitespace-nowrap">
              <a
                href={`${base}${row.id}${query}`}
                className="row-link font-mono text-xs"
                aria-current={row.id === current ? "true" : undefined}
              >
                {now - row.receivedAt.getTime() > dayMs ? `${format.day(row.receivedAt, now)} ` : ""}
                {format.preciseTime(row.receivedAt)}
              </a>
            </td>
            <td className="text-dim">
              <span className="inline-flex items-center gap-1.5">
                {row.channelType ? <ChannelIcon kind={row.channelType} /> : null}
                {row.channelName ?? <span className="text-faint">{row.platform}</span>}
              </span>
            </td>
            <td>{typeWords(t, row.type)}</td>
            <td>
              <Badge tone={statusTones[row.status]} {...(row.reason ? { title: t(`reason.${row.reason}`) } : {})}>
                {t(`status.${row.status}`)}
              </Badge>
            </td>
            <td className="max-w-44 truncate">
              {row.customerName ??
                (row.customerIdentifier ? (
                  maskedOrPhone(row.customerIdentifier, format.phone)
                ) : (
                  <span className="text-faint">—</span>
                ))}
            </td>
            <td className="text-right whitespace-nowrap text-dim">
              {row.processingTimeMs === null ? "—" : format.duration(row.processingTimeMs)}
            </td>
            <td className="text-right text-dim">{row.attempts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Digits as a phone number is written; ids and masked values as they are. */
function maskedOrPhone(identifier: string, phone: (e164: string) => string): string {
  return /^\+?\d{8,15}$/.test(identifier)
    ? phone(identifier.startsWith("+") ? identifier : `+${identifier}`)
    : identifier;
}
