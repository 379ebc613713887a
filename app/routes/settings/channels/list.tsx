import { Plus, RadioTower } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/list";
import { ChannelCard } from "./channel-card.tsx";

export async function loader({ context }: Route.LoaderArgs) {
  return { channels: await context.get(apiContext).channels.list() };
}

export default function ChannelsPage({ loaderData: { channels } }: Route.ComponentProps) {
  const t = useT("channels");
  const to = useTenantPath();
  const mayWrite = useCan("channels.write");
  useLive(["channels", "alerts"]);
  const connect = mayWrite ? (
    <LinkButton to={to("settings/channels/new")} variant="primary" icon={<Plus size={16} aria-hidden />}>
      {t("connect")}
    </LinkButton>
  ) : null;
  return (
    <Page title={t("title")} actions={channels.length > 0 ? connect : null}>
      {channels.length === 0 ? (
        <EmptyState icon={<RadioTower size={20} aria-hidden />} title={t("emptyTitle")} action={connect}>
          {mayWrite ? t("emptyBody") : t("askAdmin")}
        </EmptyState>
      ) : (
        <div className="px-5 pb-8 max-sm:px-4">
          <p className="text-dim">{t("intro")}</p>
          <ul
            aria-label={t("title")}
            className="mt-4 grid gap-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr))]"
          >
            {channels.map((channel) => (
              <ChannelCard key={channel.id} channel={channel} />
            ))}
          </ul>
        </div>
      )}
    </Page>
  );
}
