import { apiContext } from "#app/context.ts";
import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Route } from "./+types/list";
import { actOnConnections } from "./act-on-connections.ts";
import { ConnectButtons } from "./connect-buttons.tsx";
import { ConnectionCard } from "./connection-card.tsx";

export async function loader({ context, request }: Route.LoaderArgs) {
  const { connections } = context.get(apiContext);
  const [list, platforms] = await Promise.all([connections.list(), connections.platforms()]);
  const asked = new URL(request.url).searchParams;
  return { list, platforms, done: asked.get("done"), problem: asked.get("problem"), leaving: asked.get("disconnect") };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  actOnConnections(await request.formData(), context.get(apiContext), `/t/${params.tenant}`);

export default function ConnectionsPage({ loaderData }: Route.ComponentProps) {
  const t = useT("connections");
  const to = useTenantPath();
  const errorText = useErrorText();
  const mayWrite = useCan("channels.write");
  useLive(["channels"]);
  const { list, platforms, done, problem, leaving } = loaderData;
  const fresh = list.find(({ id }) => id === done);
  return (
    <Page title={t("title")}>
      <div className="flex max-w-3xl flex-col gap-5 px-5 pb-10 max-sm:px-4">
        <BackLink to={to("settings/channels")}>{t("back")}</BackLink>
        <p className="text-dim">{t("intro")}</p>
        {problem ? (
          <Banner tone="bad" role="alert">
            {errorText(problem)}
          </Banner>
        ) : null}
        {fresh && fresh.choices.length === 0 ? (
          <Banner tone="ok" role="status">
            {t("connected", { account: fresh.accountName ?? "" })}
          </Banner>
        ) : null}
        {mayWrite ? <ConnectButtons platforms={platforms} /> : <p className="text-dim">{t("askAdmin")}</p>}
        {list.length === 0 ? null : (
          <ul aria-label={t("title")} className="flex flex-col gap-3">
            {list.map((connection) => (
              <ConnectionCard key={connection.id} connection={connection} leaving={leaving === connection.id} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}
