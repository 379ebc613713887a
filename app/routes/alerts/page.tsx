import { BellOff } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { LiveDot } from "#app/shell/live-dot.tsx";
import { Page } from "#app/shell/page.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Pagination } from "#app/ui/pagination.tsx";

import type { Route } from "./+types/page";
import { useAlertTitle } from "./alert-title.tsx";
import { OpenAlerts } from "./open-alerts.tsx";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ request, context }: Route.LoaderArgs) {
  const { alerts } = context.get(apiContext);
  const asked = new URL(request.url).searchParams.get("after") ?? "";
  const after = id.test(asked) ? asked : undefined;
  const [open, past, mails] = await Promise.all([alerts.list(), alerts.past({ after }), alerts.mails()]);
  return { open, past, mails, first: after === undefined };
}

export default function AlertsPage({ loaderData: { open, past, mails, first } }: Route.ComponentProps) {
  const t = useT("alerts");
  useLive(["alerts", "channels"], undefined, { every: 1_000 });
  return (
    <Page title={t("title")} beside={<LiveDot />}>
      <div className="flex max-w-200 flex-col gap-8 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("intro")}</p>
        {mails === "none" ? <Banner tone="warn">{t("mailsNone")}</Banner> : null}
        {mails === "folder" ? <Banner>{t("mailsFolder")}</Banner> : null}
        {first ? (
          <section aria-labelledby="open" className="flex flex-col gap-3">
            <h2 id="open" className="font-semibold">
              {t("open")}
            </h2>
            {open.length > 0 ? (
              <OpenAlerts alerts={open} />
            ) : (
              <EmptyState icon={<BellOff size={18} aria-hidden />} title={t("none")}>
                {t("noneBody")}
              </EmptyState>
            )}
          </section>
        ) : null}
        <PastAlerts past={past} first={first} />
      </div>
    </Page>
  );
}

/** What was wrong: from when to when. */
function PastAlerts({ past, first }: { past: Route.ComponentProps["loaderData"]["past"]; first: boolean }) {
  const t = useT("alerts");
  const format = useFormat();
  const title = useAlertTitle();
  return (
    <section aria-labelledby="past" className="flex flex-col gap-3">
      <h2 id="past" className="font-semibold">
        {t("past")}
      </h2>
      {past.rows.length === 0 ? (
        <p className="text-dim">{t(first ? "noPast" : "nonePast")}</p>
      ) : (
        <ul className="border-t border-line">
          {past.rows.map((alert) => {
            const { openedAt, resolvedAt } = alert;
            const end = resolvedAt ?? openedAt;
            return (
              <li key={alert.id} className="flex items-start gap-3 border-b border-line py-2">
                <div className="min-w-0 flex-1">
                  <p>{title(alert)}</p>
                  <p className="text-xs text-faint">
                    {t("lasted", {
                      from: format.dateTime(openedAt),
                      to: format.dateTime(end),
                      duration: format.duration(end.getTime() - openedAt.getTime()),
                    })}
                  </p>
                </div>
                <Badge tone="ok">{t("recovered")}</Badge>
              </li>
            );
          })}
        </ul>
      )}
      <Pagination previous={first ? null : "?"} next={past.next && `?after=${past.next}`} />
    </section>
  );
}
