import { data, useSearchParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Badge } from "#app/ui/badge.tsx";

import type { Route } from "./+types/channel";
import { actOnChannel } from "./act-on-channel.ts";
import { actOnTemplates } from "./act-on-templates.ts";
import { ChannelSettings } from "./channel-settings.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { stepsOf } from "./setup-steps.tsx";

const dayMs = 86_400_000;

export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { calls, channels, connections, teams, templates, tickets, webhookLogs } = context.get(apiContext);
  const channelId = params.id;
  const since = new Date(Date.now() - dayMs);
  const [channel, address, providers, people, groups, all, connection, platforms, refused] = await Promise.all([
    channels.get({ channelId }),
    channels.address({ channelId }),
    channels.providers(),
    tickets.assignees(),
    teams.list(),
    channels.list(),
    connections.ofChannel({ channelId }),
    connections.platforms(),
    webhookLogs.chart({ channelId, since, reason: ["signature_mismatch", "missing_signature"] }),
  ]);
  const form = providers.find(({ provider }) => provider === channel.provider);
  if (!form) throw data(null, { status: 404 });
  const offered = platforms.find(({ platform, how }) => platform === channel.provider && how !== "off");
  const cursor = new URL(request.url).searchParams.get("after");
  return {
    channel,
    /** Its token can come from a sign-in at the platform, or does. */
    signIn: offered && { platform: offered.platform, simulated: offered.how === "simulated", connection },
    address,
    // Only WhatsApp closes its window to everything that was not approved.
    templates: channel.channelType === "whatsapp" ? await templates.list({ channelId, cursor, limit: 20 }) : null,
    // A line that never writes is a voice agent's.
    functions: channel.channelType === "phone" && !form.sends ? await calls.functions() : null,
    form,
    /** Wrong signatures of the last day. */
    refusedLately: refused.total,
    teams: groups.map(({ id, name }) => ({ id, name })),
    colleagues: people.map(({ userId, name }) => ({ id: userId, name })),
    agents: all
      .filter((one) => one.channelType === "phone" && one.provider !== channel.provider && one.configured)
      .map(({ id, name, address: number }) => ({ id, name, address: number })),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const list = `/t/${params.tenant}/settings/channels`;
  const place = { channelId: params.id, here: `${list}/${params.id}`, list };
  return answerForm(await request.formData(), async ({ intent = "", ...values }) => {
    const answer =
      (await actOnTemplates(api.templates, params.id, intent, values)) ??
      (await actOnChannel(api, place, intent, values));
    if (!answer) throw data(null, { status: 400 });
    return answer;
  });
}

export default function ChannelPage({ loaderData }: Route.ComponentProps) {
  const t = useT("channels");
  const format = useFormat();
  const to = useTenantPath();
  const [search] = useSearchParams();
  const { channel, form } = loaderData;
  const steps = stepsOf(form);
  useLive(["channels", "alerts"], [channel.id]);
  const reached = steps.find((step) => step === channel.setupStep);
  const asked = steps.find((step) => step === search.get("step"));
  const now = asked && reached && steps.indexOf(asked) <= steps.indexOf(reached) ? asked : reached;
  return (
    <Page
      title={channel.name}
      beside={
        <>
          <HealthBadge {...channel} />
          {channel.simulated ? <Badge title={t("simulatedHint")}>{t("simulated")}</Badge> : null}
          {channel.observeMode && form.addresses.length > 0 && !reached ? (
            <a href="#signatures">
              <Badge tone="warn" title={t("signatures.observing")}>
                {t("signatures.badge")}
              </Badge>
            </a>
          ) : null}
        </>
      }
    >
      <div className="w-full max-w-3xl px-5 pb-16 max-sm:px-4">
        <p className="flex flex-wrap items-center gap-x-3 text-dim">
          <BackLink to={to("settings/channels")}>{t("back")}</BackLink>
          <span>
            {t(`type.${channel.channelType}`)}
            {channel.address ? ` · ${format.phone(channel.address)}` : ""}
          </span>
        </p>
        {now && reached ? (
          <SetupGuide {...loaderData} now={now} reached={reached} />
        ) : (
          <ChannelSettings {...loaderData} />
        )}
      </div>
    </Page>
  );
}
