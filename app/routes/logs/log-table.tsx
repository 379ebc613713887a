import { useFormat, useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import type { ChannelKind } from "#app/ui/channel-icon.tsx";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";

import type { Reason, Status } from "./log-address.ts";
import { placesInTheirInstant, placeWords, statusTones, typeWords } from "./log-words.ts";

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
  /** Rows can be ticked: the table stands in a form that takes their ids. */
  selectable: boolean;
}

const dayMs = 86_400_000;
/** A card tells the time that an event took only where it is worth telling. */
const isSlow = (row: LogRow) => (row.processingTimeMs ?? 0) >= 1_000;

/** The events, the newest first; below 640 px each becomes a card. */
export function LogTable({ rows, base, query, current, selectable }: LogTableProps) {
  const t = useT("logs");
  const format = useFormat();
  const now = useNow();
  const places = placesInTheirInstant(rows);
  return (
    <table className="table table-stack" aria-label={t("title")}>
      <thead>
        <tr>
          {selectable ? (
            <th className="w-8">
              <span className="sr-only">{t("choose")}</span>
            </th>
          ) : null}
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
            {selectable ? (
              <td className="max-sm:hidden">
                <input
                  type="checkbox"
                  name="event"
                  value={row.id}
                  aria-label={t("chooseEvent", {
                    time: `${format.date(row.receivedAt)} ${format.preciseTime(row.receivedAt)}${placeWords(t, places.get(row.id))}`,
                  })}
                  className="check above"
                />
              </td>
            ) : null}
            <td className="whitespace-nowrap max-sm:order-3">
              <a
                href={`${base}${row.id}${query}`}
                className="row-link font-mono text-xs"
                aria-current={row.id === current ? "true" : undefined}
              >
                {now - row.receivedAt.getTime() > dayMs ? `${format.day(row.receivedAt, now)} ` : ""}
                {format.preciseTime(row.receivedAt)}
                <span className="sr-only">{placeWords(t, places.get(row.id))}</span>
              </a>
            </td>
            <td className="whitespace-nowrap text-dim max-sm:order-4">
              {row.channelType ? <i className={`ico ico-${row.channelType} mr-1.5`} aria-hidden /> : null}
              {row.channelName ?? <span className="text-faint">{row.platform}</span>}
            </td>
            <td className="max-sm:order-1 max-sm:flex-[1_0_55%] max-sm:font-medium">{typeWords(t, row.type)}</td>
            <td className="max-sm:order-2">
              <Badge tone={statusTones[row.status]} {...(row.reason ? { title: t(`reason.${row.reason}`) } : {})}>
                {t(`status.${row.status}`)}
              </Badge>
            </td>
            <td className="max-w-44 truncate max-sm:order-5">
              {row.customerName ??
                (row.customerIdentifier ? (
                  shownIdentifier(row.customerIdentifier, format.phone)
                ) : (
                  <span className="text-faint max-sm:hidden">—</span>
                ))}
            </td>
            <td className={cx("text-right whitespace-nowrap text-dim max-sm:order-6", !isSlow(row) && "max-sm:hidden")}>
              {row.processingTimeMs === null ? "—" : format.duration(row.processingTimeMs)}
            </td>
            <td className="text-right text-dim max-sm:hidden">{row.attempts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Digits as a phone number is written; ids and masked values as they are. */
function shownIdentifier(identifier: string, phone: (e164: string) => string): string {
  return /^\+?\d{8,15}$/.test(identifier)
    ? phone(identifier.startsWith("+") ? identifier : `+${identifier}`)
    : identifier;
}
