import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Format } from "#app/i18n/format.ts";
import type { Translate } from "#app/i18n/translate.ts";

import type { Route } from "./+types/list";
import { channels, segmentTones } from "./customer-words.ts";

export type CustomerRow = Route.ComponentProps["loaderData"]["page"]["rows"][number];

interface CustomerLineProps {
  row: CustomerRow;
  base: string;
  t: Translate<Dictionary["customers"]>;
  format: Format;
  now: number;
}

/** One customer of the list. Plain elements and no hooks: a page has fifty of these. */
export function CustomerLine({ row, base, t, format, now }: CustomerLineProps) {
  const channel = channels.find((known) => known === row.preferredChannel);
  const last = row.lastContactAt?.getTime();
  const requests = row.totalConversations + row.totalTickets;
  return (
    <tr data-row="">
      <td data-wide="" className="w-full max-w-0">
        <div className="truncate">
          <a href={base + row.id} className="row-link">
            {row.name}
            {/* Several people may bear one name. */}
            <span className="sr-only">
              {row.phone ? `, ${format.phone(row.phone)}` : row.email ? `, ${row.email}` : ""}
            </span>
          </a>
          {row.city ? <span className="ml-2 text-xs text-faint">{row.city}</span> : null}
        </div>
        {row.tags.length > 0 ? <div className="truncate text-xs text-faint">{row.tags.join(" · ")}</div> : null}
      </td>
      <td className="whitespace-nowrap">
        {row.phone ? <div className="text-fg">{format.phone(row.phone)}</div> : null}
        {row.email ? <div className={row.phone ? "text-xs max-sm:hidden" : "text-fg"}>{row.email}</div> : null}
      </td>
      <td>
        <span className={`badge tone-${segmentTones[row.segment]}`}>{t(`segment.${row.segment}`)}</span>
      </td>
      <td data-narrow="hide" className="whitespace-nowrap">
        {channel ? (
          <>
            <i className={`ico ico-${channel}`} aria-hidden />
            {` ${t(`channel.${channel}`)}`}
          </>
        ) : null}
      </td>
      <td data-narrow="hide" className="end">
        {requests > 0 ? format.number(requests) : null}
      </td>
      <td className="end whitespace-nowrap text-fg">
        {row.totalRevenueCents > 0 ? format.money(row.totalRevenueCents, row.currency) : null}
      </td>
      <td className="whitespace-nowrap max-sm:ml-auto">
        {last === undefined ? (
          <span className="text-faint">{t("never")}</span>
        ) : (
          <time dateTime={new Date(last).toISOString()}>{format.relative(last, Math.max(now, last))}</time>
        )}
      </td>
    </tr>
  );
}
