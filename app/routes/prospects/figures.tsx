import { Target } from "lucide-react";
import { Link } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { ChipLink } from "#app/ui/chip.tsx";
import { DownloadLink } from "#app/ui/download-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";

import { BusinessTime } from "../appointments/business-time.tsx";
import { zoneOfBusiness } from "../appointments/zone.ts";
import type { Route } from "./+types/figures";
import type { FunnelCount } from "./data.ts";
import { periodIn, periods, spanOf } from "./figures-period.ts";
import { NewProspectLink } from "./new-prospect-link.tsx";
import { ProspectTabs } from "./prospect-tabs.tsx";
import type { Source } from "./prospect-words.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const period = periodIn(new URL(request.url).searchParams);
  const { since, from, until } = spanOf(period, Date.now(), zoneOfBusiness(context.get(pageContext)));
  return { period, since, from, figures: await context.get(apiContext).prospects.figures({ from, until }) };
}

/** How far those who came in a period got, each figure with its definition and the rows behind it. */
export default function ProspectFigures({ loaderData: { period, since, from, figures } }: Route.ComponentProps) {
  const t = useT("prospects");
  const to = useTenantPath();
  const format = useFormat();
  useLive(["prospects"], undefined, { every: 2_000 });
  return (
    <BusinessTime>
      <Page title={t("title")} actions={<NewProspectLink />} header={<ProspectTabs on="figures" />}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2.5 max-sm:px-4">
          <nav aria-label={t("period")} className="flex flex-wrap gap-1.5">
            {periods.map((days) => (
              <ChipLink key={days} to={`?days=${days}`} on={days === period}>
                {t(`days.${days}`)}
              </ChipLink>
            ))}
          </nav>
          <DownloadLink href={to(`prospects/figures/export?days=${period}`)}>{t("export")}</DownloadLink>
        </div>
        {figures.total.came === 0 ? (
          <EmptyState icon={<Target size={18} aria-hidden />} title={t("noFigures")}>
            {t("noFiguresBody")}
          </EmptyState>
        ) : (
          <div className="flex max-w-230 flex-col gap-8 px-5 pb-12 max-sm:px-4">
            <section aria-labelledby="funnel" className="flex flex-col gap-3">
              <h2 id="funnel" className="font-semibold">
                {t("funnel")}
              </h2>
              <p className="text-dim">{t("figuresBody", { date: format.date(from) })}</p>
              <Funnel total={figures.total} since={since} />
            </section>
            <BySource rows={figures.bySource} since={since} />
          </div>
        )}
      </Page>
    </BusinessTime>
  );
}

const steps = ["came", "qualified", "appointment", "converted"] as const;
type Step = (typeof steps)[number];

/** The rows behind a figure. */
function useRows(since: string): (step: Step, source?: Source) => string {
  const to = useTenantPath();
  return (step, source) => {
    const params = new URLSearchParams({ since });
    if (step !== "came") params.set("stage", step);
    if (source) params.set("source", source);
    return to(`prospects?${params}`);
  };
}

function Funnel({ total, since }: { total: FunnelCount; since: string }) {
  const t = useT("prospects");
  const format = useFormat();
  const rows = useRows(since);
  return (
    <ol className="flex flex-col gap-3">
      {steps.map((step) => (
        <li key={step} className="grid gap-x-4 gap-y-1 sm:grid-cols-[13rem_minmax(0,1fr)]">
          <span className="flex flex-col">
            <Link to={rows(step)} className="inline-flex items-baseline gap-2 hover:underline">
              <strong className="text-2xl font-semibold tracking-tight tabular-nums">
                {format.number(total[step])}
              </strong>
              <span>{t(`stage.${step}`)}</span>
            </Link>
            {step === "came" ? null : (
              <span className="text-xs text-dim tabular-nums">
                {t("ofCame", { share: format.percent(total[step] / total.came, 0) })}
              </span>
            )}
          </span>
          <span className="flex flex-col justify-center gap-1">
            <span aria-hidden className="h-3 overflow-hidden rounded-sm bg-sunken">
              <span
                className="block h-full rounded-sm bg-accent"
                style={{ width: `${(100 * total[step]) / total.came}%` }}
              />
            </span>
            <span className="text-xs text-faint">{t(`defined.${step}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function BySource({ rows, since }: { rows: readonly (FunnelCount & { source: Source })[]; since: string }) {
  const t = useT("prospects");
  const format = useFormat();
  const behind = useRows(since);
  return (
    <section aria-labelledby="by-source" className="min-w-0 overflow-x-auto">
      <h2 id="by-source" className="font-semibold">
        {t("bySource")}
      </h2>
      <table className="mt-2 w-full text-left tabular-nums" aria-labelledby="by-source">
        <thead className="text-xs text-faint">
          <tr className="border-b border-line">
            <th className="py-1 font-normal">{t("source")}</th>
            {steps.map((step) => (
              <th key={step} className="py-1 pl-3 text-right font-normal">
                {t(`stage.${step}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ source, ...count }) => (
            <tr key={source} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-2 font-medium whitespace-nowrap">
                {t(`source.${source}`)}
              </th>
              {steps.map((step) => (
                <td key={step} className="pl-3 text-right">
                  <Link
                    to={behind(step, source)}
                    aria-label={`${t(`source.${source}`)}, ${t(`stage.${step}`)}: ${format.number(count[step])}`}
                    className="inline-block min-w-6 leading-6 hover:underline"
                  >
                    {format.number(count[step])}
                  </Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
