import { ArrowLeft } from "lucide-react";
import { data, Link, redirect, useSearchParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";

import type { Route } from "./+types/channel";
import { ChannelSettings } from "./channel-settings.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { steps } from "./setup-steps.tsx";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { channels } = context.get(apiContext);
  const channelId = params.id;
  const [channel, address, providers] = await Promise.all([
    channels.get({ channelId }),
    channels.address({ channelId }),
    channels.providers(),
  ]);
  const form = providers.find(({ provider }) => provider === channel.provider);
  return { channel, address, fields: form?.fields ?? [] };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const { channels } = context.get(apiContext);
  const channelId = params.id;
  const here = `/t/${params.tenant}/settings/channels/${channelId}`;
  return answerForm(await request.formData(), async ({ intent, ...values }) => {
    switch (intent) {
      case "connect":
        await channels.connect({ channelId, credentials: values });
        return { done: true };
      case "webhook":
        await channels.update({ channelId, setupStep: "test" });
        return redirect(here);
      case "skip":
        await channels.update({ channelId, setupStep: "routing" });
        return redirect(here);
      case "test":
        return { test: await channels.test({ channelId }) };
      case "reveal":
        return data(await channels.revealVerifyToken({ channelId }), { headers: { "cache-control": "no-store" } });
      case "update":
      case "finish": {
        const { name = "", autoTicketRule, observeMode } = values;
        await channels.update({
          channelId,
          name,
          ...(isRule(autoTicketRule) ? { autoTicketRule } : {}),
          observeMode: observeMode === "on",
          ...(intent === "finish" ? { setupStep: "done" } : {}),
        });
        return intent === "finish" ? redirect(here) : { done: true };
      }
      case "enable":
        await channels.enable({ channelId, enabled: values.enabled === "on" });
        return { done: true };
      case "delete":
        await channels.delete({ channelId });
        return redirect(`/t/${params.tenant}/settings/channels`);
      default:
        throw data(null, { status: 400 });
    }
  });
}

const isRule = (rule: string | undefined) =>
  rule === "never" || rule === "new_conversation" || rule === "reopened_conversation";

export default function ChannelPage({ loaderData }: Route.ComponentProps) {
  const t = useT("channels");
  const format = useFormat();
  const to = useTenantPath();
  const [search] = useSearchParams();
  const { channel, address, fields } = loaderData;
  useLive(["channels"], [channel.id]);
  const reached = steps.find((step) => step === channel.setupStep);
  const asked = steps.find((step) => step === search.get("step"));
  const now = asked && reached && steps.indexOf(asked) <= steps.indexOf(reached) ? asked : reached;
  return (
    <Page
      title={channel.name}
      beside={
        <>
          <HealthBadge health={channel.health} />
          {channel.simulated ? <Badge title={t("simulatedHint")}>{t("simulated")}</Badge> : null}
        </>
      }
    >
      <div className="w-full max-w-3xl px-5 pb-16 max-sm:px-4">
        <p className="flex flex-wrap items-center gap-x-3 text-dim">
          <Link to={to("settings/channels")} className="link inline-flex items-center gap-1">
            <ArrowLeft size={14} aria-hidden />
            {t("back")}
          </Link>
          <span>
            {t(`type.${channel.channelType}`)}
            {channel.address ? ` · ${format.phone(channel.address)}` : ""}
          </span>
        </p>
        {now && reached ? (
          <SetupGuide channel={channel} address={address} fields={fields} now={now} reached={reached} />
        ) : (
          <ChannelSettings channel={channel} address={address} fields={fields} />
        )}
      </div>
    </Page>
  );
}
