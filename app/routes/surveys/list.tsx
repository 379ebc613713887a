import { Download, Settings2, Smile } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { Tabs } from "#app/ui/tabs.tsx";

import type { Route } from "./+types/list";
import { Figures } from "./figures.tsx";
import { isNarrowed, listAddress, readListing, states, type Listing } from "./list-address.ts";
import { SurveyFilters } from "./survey-filters.tsx";
import { SurveyLine } from "./survey-line.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const listing = readListing(new URL(request.url).searchParams);
  const { surveys, tickets } = context.get(apiContext);
  const { channelType, memberId, days } = listing;
  const [page, figures, colleagues] = await Promise.all([
    surveys.list(listing),
    surveys.figures({ channelType, memberId, days }),
    tickets.assignees(),
  ]);
  return { listing, page, figures, colleagues };
}

export type SurveyRow = Route.ComponentProps["loaderData"]["page"]["rows"][number];
export type SurveyFigures = Route.ComponentProps["loaderData"]["figures"];

/** How satisfied customers said they were: figures of a period, and each answer with what it is about. */
export default function Surveys({ loaderData: { listing, page, figures, colleagues } }: Route.ComponentProps) {
  const t = useT("surveys");
  const inbox = useT("inbox");
  const format = useFormat();
  const to = useTenantPath();
  const configures = useCan("surveys.write");
  useLive(["messages", "tickets"], undefined, { every: 5_000 });
  const tabs = states.map((state) => ({
    to: listAddress(listing, { state, ...(state === "asked" || state === "answered" ? {} : { score: undefined }) }),
    label: t(`state.${state}`),
    on: state === listing.state,
  }));
  const base = `${to()}/`;
  return (
    <Page
      title={t("title")}
      actions={
        <>
          {page.rows.length > 0 ? (
            <a href={`${to("surveys/export")}${listAddress(listing)}`} className="btn">
              <Download size={14} aria-hidden />
              <span className="max-sm:sr-only">{t("export")}</span>
            </a>
          ) : null}
          {configures ? (
            <LinkButton to={to("settings/surveys")} icon={<Settings2 size={14} aria-hidden />}>
              <span className="max-sm:sr-only">{t("settings")}</span>
            </LinkButton>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-6 pb-12">
        <p className="max-w-[75ch] px-5 text-dim max-sm:px-4">{t("intro")}</p>
        <SurveyFilters listing={listing} colleagues={colleagues} />
        <Figures figures={figures} />
        <section aria-label={t("states")} className="flex flex-col">
          <Tabs label={t("states")} tabs={tabs} />
          {page.rows.length > 0 ? (
            <table className="table table-stack" aria-label={t("states")}>
              <thead>
                <tr>
                  <th>{t("score")}</th>
                  <th>{t("customer")}</th>
                  <th>{t("about")}</th>
                  <th>{t("channel")}</th>
                  <th>{t("member")}</th>
                  <th className="end">{t("when")}</th>
                </tr>
              </thead>
              <tbody>
                {page.rows.map((row) => (
                  <SurveyLine key={row.id} row={row} base={base} t={t} inbox={inbox} format={format} />
                ))}
              </tbody>
            </table>
          ) : (
            <Nothing listing={listing} />
          )}
          <Pagination
            previous={listing.cursor ? listAddress(listing) : null}
            next={page.nextCursor ? listAddress(listing, { cursor: page.nextCursor }) : null}
          />
        </section>
      </div>
    </Page>
  );
}

function Nothing({ listing }: { listing: Listing }) {
  const t = useT("surveys");
  const to = useTenantPath();
  const configures = useCan("surveys.write");
  const narrowed = isNarrowed(listing) || listing.state !== "asked";
  return (
    <EmptyState
      icon={<Smile size={18} aria-hidden />}
      title={t(narrowed ? "noMatch" : "none")}
      action={
        narrowed ? (
          <LinkButton to="?">{t("clear")}</LinkButton>
        ) : configures ? (
          <LinkButton to={to("settings/surveys")} variant="primary">
            {t("settings")}
          </LinkButton>
        ) : null
      }
    >
      {t(narrowed ? "noMatchBody" : "noneBody")}
    </EmptyState>
  );
}
