import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Format } from "#app/i18n/format.ts";
import type { Translate } from "#app/i18n/translate.ts";

import type { SurveyRow } from "./list.tsx";
import { surveyChannels } from "./list-address.ts";
import { ScoreMark } from "./score-mark.tsx";

interface SurveyLineProps {
  row: SurveyRow;
  /** Where the tenant's pages begin. */
  base: string;
  t: Translate<Dictionary["surveys"]>;
  inbox: Translate<Dictionary["inbox"]>;
  format: Format;
}

/** One survey of the list. Plain elements and no hooks: a page has fifty of these. */
export function SurveyLine({ row, base, t, inbox, format }: SurveyLineProps) {
  const { score, status, comment, ticketNumber, dueAt } = row;
  const channel = surveyChannels.find((known) => known === row.channelType);
  const about = ticketNumber === null ? `inbox/${row.conversationId}` : `tickets/${ticketNumber}`;
  const missing = status === "planned" ? "plannedFor" : row.undelivered ? "undelivered" : "waiting";
  return (
    <tr data-row="">
      <td className="whitespace-nowrap">
        {score !== null ? (
          <ScoreMark score={score} />
        ) : status === "not_sent" ? (
          <span className="text-faint" aria-hidden>
            –
          </span>
        ) : (
          <span className="text-faint">{t(missing)}</span>
        )}
      </td>
      <td data-wide="" className="w-full max-w-0">
        <div className="truncate">
          <a href={`${base}customers/${row.customerId}`} className="font-medium hover:underline">
            {row.customerName}
          </a>
        </div>
        {comment ? <div className="text-xs text-dim">{comment}</div> : null}
        {row.reason ? <div className="text-xs text-dim">{t(`reason.${row.reason}`)}</div> : null}
      </td>
      <td className="whitespace-nowrap">
        {ticketNumber === null ? (
          <a href={base + about} className="link">
            {t("conversation")}
            <span className="sr-only">{` ${t("conversationOf", { name: row.customerName, when: format.dateTime(dueAt) })}`}</span>
          </a>
        ) : (
          <a href={base + about} className="link">
            {t("ticket", { number: String(ticketNumber) })}
          </a>
        )}
      </td>
      <td className="whitespace-nowrap">
        {channel ? (
          <>
            <i className={`ico ico-${channel}`} aria-hidden />
            {` ${inbox(`channel.${channel}`)}`}
          </>
        ) : null}
      </td>
      <td className="whitespace-nowrap">{row.memberName ?? <span className="text-faint">{t("nobody")}</span>}</td>
      <td className="end whitespace-nowrap">
        <time dateTime={dueAt.toISOString()}>{format.dateTime(dueAt)}</time>
      </td>
    </tr>
  );
}
