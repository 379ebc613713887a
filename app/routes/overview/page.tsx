import { Plug } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/page";
import { OpenAlerts } from "../alerts/open-alerts.tsx";
import { ChannelList } from "./channel-list.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { Figures } from "./figures.tsx";
import { Pressing } from "./pressing.tsx";
import { RecentActivity } from "./recent-activity.tsx";
import { Volumes } from "./volumes.tsx";

/** The rest is on the alerts' own page. */
const mostAlerts = 4;

export function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).overview.get();
}

export type Overview = Route.ComponentProps["loaderData"];

export default function OverviewPage({ loaderData: overview }: Route.ComponentProps) {
  const t = useT("overview");
  const to = useTenantPath();
  const { member } = useShell();
  const [mayRead, mayConnect] = [useCan("logs.read"), useCan("channels.write")];
  useLive(["conversations", "tickets", "channels", "webhook_logs", "alerts"], undefined, { every: 2_000 });
  const begun = Object.values(overview.steps).every(Boolean);
  return (
    <Page title={t("title")} heading={t("hello", { name: member.name.split(" ")[0] ?? member.name })}>
      <div className="grid gap-x-10 gap-y-8 px-5 pt-2 pb-12 max-sm:px-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-8">
          {begun ? null : <FirstSteps steps={overview.steps} />}
          {overview.alerts.length > 0 ? (
            <Part title={t("alerts")} more={<More to={to("alerts")}>{t("allAlerts")}</More>}>
              <OpenAlerts alerts={overview.alerts.slice(0, mostAlerts)} />
            </Part>
          ) : null}
          <Part title={t("now")}>
            <Figures counts={overview.counts} />
          </Part>
          <Part title={t("pressing")} more={<More to={to("tickets")}>{t("allTickets")}</More>}>
            <Pressing tickets={overview.pressing} />
          </Part>
          <Part title={t("activity")}>
            <RecentActivity activities={overview.activities} />
          </Part>
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Part title={t("channels")}>
            {overview.channels.length === 0 ? (
              <div className="flex flex-col items-start gap-2 text-dim">
                {t("noChannels")}
                {mayConnect ? (
                  <LinkButton to={to("settings/channels/new")} icon={<Plug size={14} aria-hidden />}>
                    {t("connect")}
                  </LinkButton>
                ) : null}
              </div>
            ) : (
              <ChannelList channels={overview.channels} />
            )}
          </Part>
          <Part title={t("volumes")} more={mayRead ? <More to={to("logs")}>{t("seeLogs")}</More> : null}>
            <Volumes hours={overview.volumes} />
          </Part>
        </div>
      </div>
    </Page>
  );
}

function Part({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

function More({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="link text-xs">
      {children}
    </Link>
  );
}
