import { PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide-react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Row, Table } from "#app/ui/table.tsx";

import { callState } from "./data.ts";
import { useFunctionName } from "./function-name.ts";
import type { CallRow } from "./list.tsx";
import { Sentiment } from "./sentiment.tsx";
import { useOther } from "./use-other.ts";

/** A line for each call: who, when, how long, how it went and what came of it. */
export function CallTable({ rows }: { rows: readonly CallRow[] }) {
  const t = useT("calls");
  const to = useTenantPath();
  const format = useFormat();
  const other = useOther();
  return (
    <Table label={t("list")}>
      <thead>
        <tr>
          <th>{t("customer")}</th>
          <th>{t("when")}</th>
          <th>{t("status")}</th>
          <th className="end">{t("duration")}</th>
          <th>{t("sentiment")}</th>
          <th>{t("outcome")}</th>
          <th className="end">{t("cost")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { word, tone } = callState(row);
          const when = format.dateTime(row.startedAt);
          return (
            <Row key={row.id}>
              <td data-wide>
                <a href={to(`calls/${row.id}`)} className="row-link inline-flex items-center gap-2">
                  <DirectionIcon row={row} />
                  <span className="font-medium">{other(row, row.customerName)}</span>
                  <span className="sr-only">, {when}</span>
                </a>
                <div className="pl-5.5 text-xs text-faint">{row.channelName}</div>
              </td>
              <td className="whitespace-nowrap">
                <time dateTime={row.startedAt.toISOString()}>{when}</time>
              </td>
              <td>
                <Badge tone={tone}>{t(word)}</Badge>
              </td>
              <td className="end whitespace-nowrap tabular-nums">
                {row.durationSeconds ? format.duration(row.durationSeconds * 1000) : null}
              </td>
              <td>{row.sentiment ? <Sentiment sentiment={row.sentiment} /> : null}</td>
              <td>
                <Outcome row={row} />
              </td>
              <td className="end whitespace-nowrap tabular-nums">
                {row.costCents === null ? null : format.money(row.costCents, row.currency)}
              </td>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}

function DirectionIcon({ row: { direction, missed } }: { row: CallRow }) {
  const t = useT("calls");
  const label = missed ? t("state.no_answer") : t(`direction.${direction}`);
  const Icon = missed ? PhoneMissed : direction === "in" ? PhoneIncoming : PhoneOutgoing;
  return <Icon size={14} className={missed ? "flex-none text-bad" : "flex-none text-faint"} aria-label={label} />;
}

/** What the voice agent did, and what the call led to. */
function Outcome({ row }: { row: CallRow }) {
  const t = useT("calls");
  const to = useTenantPath();
  const functionName = useFunctionName();
  const links = [
    ...(row.ticketNumber === null
      ? []
      : [{ path: `tickets/${row.ticketNumber}`, words: t("ticketOf", { number: String(row.ticketNumber) }) }]),
    ...(row.appointmentId ? [{ path: `appointments/${row.appointmentId}`, words: t("appointmentOf") }] : []),
    ...(row.prospectId ? [{ path: `prospects/${row.prospectId}`, words: t("prospectOf") }] : []),
  ];
  const done = [...new Set(row.done)].map(functionName);
  if (done.length === 0 && links.length === 0)
    return row.assistantId && row.durationSeconds ? <span className="text-faint">{t("onlySpoke")}</span> : null;
  return (
    <div className="flex min-w-0 flex-col">
      {done.length > 0 ? <span className="text-xs text-dim">{done.join(" · ")}</span> : null}
      <span className="flex flex-wrap gap-x-3">
        {links.map(({ path, words }) => (
          <a key={path} href={to(path)} className="link above text-xs">
            {words}
          </a>
        ))}
      </span>
    </div>
  );
}
