import type { ReactNode } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";

import type { SurveyFigures } from "./list.tsx";
import { surveyChannels } from "./list-address.ts";

type Count = SurveyFigures["total"];

/** What the answers of a period come to, each figure with its definition in words. */
export function Figures({ figures: { total, byMember, byChannel } }: { figures: SurveyFigures }) {
  const t = useT("surveys");
  const inbox = useT("inbox");
  if (total.asked === 0) return null;
  return (
    <section aria-label={t("figures")} className="flex flex-col gap-6 px-5 max-sm:px-4">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        <Totals count={total} />
        <Distribution count={total} />
      </div>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        <Groups
          title={t("byMember")}
          hint={t("byMemberHint")}
          rows={byMember.map(({ memberId, name, ...count }) => ({
            key: memberId ?? "",
            name: name ?? t("nobody"),
            count,
          }))}
        />
        <Groups
          title={t("byChannel")}
          rows={byChannel.map(({ channelType, ...count }) => {
            const known = surveyChannels.find((one) => one === channelType);
            return { key: channelType, name: known ? inbox(`channel.${known}`) : channelType, count };
          })}
        />
      </div>
    </section>
  );
}

function Totals({ count: { asked, answered, sum, satisfied } }: { count: Count }) {
  const t = useT("surveys");
  const format = useFormat();
  const words = { answered: format.number(answered), asked: format.number(asked) };
  return (
    <>
      <Figure name={t("satisfied")} definition={t("satisfiedOf")}>
        {answered === 0 ? "–" : format.percent(satisfied / answered, 0)}
      </Figure>
      <Figure name={t("average")} definition={t("averageOf")}>
        {answered === 0 ? "–" : format.number(sum / answered, { digits: 1 })}
      </Figure>
      <Figure name={t("responseRate")} definition={t("responseRateOf", words)}>
        {format.percent(answered / asked, 0)}
      </Figure>
    </>
  );
}

function Figure({ name, definition, children }: { name: string; definition: string; children: ReactNode }) {
  return (
    <div className="flex flex-col border-t border-line pt-3">
      <span className="text-xs text-dim">{name}</span>
      <strong className="text-2xl font-semibold tracking-tight tabular-nums">{children}</strong>
      <span className="text-xs text-faint">{definition}</span>
    </div>
  );
}

function Distribution({ count: { byScore, answered } }: { count: Count }) {
  const t = useT("surveys");
  const format = useFormat();
  const most = Math.max(1, ...byScore);
  return (
    <div className="flex flex-col gap-1.5 border-t border-line pt-3">
      <span className="text-xs text-dim">{t("distribution")}</span>
      <ul className="flex flex-col gap-0.5">
        {byScore
          .map((many, at) => ({ many, score: at + 1 }))
          .toReversed()
          .map(({ many, score }) => (
            <li key={score} className="grid grid-cols-[1rem_minmax(0,1fr)_2.5rem] items-center gap-2 text-xs">
              <span className="text-faint">
                {score}
                <span className="sr-only">/5</span>
              </span>
              <span aria-hidden className="h-2 overflow-hidden rounded-sm bg-sunken">
                <span className="block h-full rounded-sm bg-accent" style={{ width: `${(100 * many) / most}%` }} />
              </span>
              <span className="text-right text-dim tabular-nums">{answered ? format.number(many) : "–"}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}

interface GroupsProps {
  title: string;
  hint?: string;
  rows: readonly { key: string; name: string; count: Count }[];
}

function Groups({ title, hint, rows }: GroupsProps) {
  const t = useT("surveys");
  const format = useFormat();
  return (
    <div className="min-w-0">
      <h2 className="font-semibold">{title}</h2>
      {hint ? <p className="text-xs text-faint">{hint}</p> : null}
      <table className="mt-2 w-full text-left tabular-nums" aria-label={title}>
        <thead className="text-xs text-faint">
          <tr className="border-b border-line">
            <th className="py-1 font-normal">
              <span className="sr-only">{title}</span>
            </th>
            <th className="py-1 text-right font-normal">{t("asked")}</th>
            <th className="py-1 text-right font-normal">{t("answered")}</th>
            <th className="py-1 text-right font-normal">{t("average")}</th>
            <th className="py-1 text-right font-normal">{t("satisfied")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, count: { asked, answered, sum, satisfied } }) => (
            <tr key={key} className="border-b border-line">
              <th scope="row" className="max-w-40 truncate py-1.5 pr-2 font-medium">
                {name}
              </th>
              <td className="text-right">{format.number(asked)}</td>
              <td className="text-right">{format.number(answered)}</td>
              <td className="text-right">{answered ? format.number(sum / answered, { digits: 1 }) : "–"}</td>
              <td className="text-right">{answered ? format.percent(satisfied / answered, 0) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
