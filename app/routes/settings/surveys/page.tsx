import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Section } from "#app/ui/section.tsx";

import type { Route } from "./+types/page";
import { actOnSurveys } from "./act-on-surveys.ts";
import { ChannelForm } from "./channel-form.tsx";
import { GeneralForm } from "./general-form.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const settings = await context.get(apiContext).surveys.settings();
  return { settings, saved: new URL(request.url).searchParams.has("saved") };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  actOnSurveys(await request.formData(), context.get(apiContext), `/t/${params.tenant}/settings/surveys`);

export type SurveySettings = Route.ComponentProps["loaderData"]["settings"];

/** On which channels satisfaction is asked for, when, and who hears of it. */
export default function SurveySettingsPage({ loaderData: { settings, saved }, actionData }: Route.ComponentProps) {
  const t = useT("surveys");
  const to = useTenantPath();
  const refused = refusedIn(actionData);
  const { channels, templates: _, ...general } = settings;
  const wrong = String(refused?.initialValue?.["channelType"] ?? "");
  return (
    <Page
      title={t("settingsTitle")}
      header={
        <p className="px-5 pb-2 max-sm:px-4">
          <BackLink to={to("surveys")}>{t("back")}</BackLink>
        </p>
      }
    >
      <div className="flex max-w-3xl flex-col gap-8 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("settingsIntro")}</p>
        {saved ? (
          <Banner tone="ok" role="status">
            {t("saved")}
          </Banner>
        ) : null}
        <Section title={t("channels")} hint={t("channelsHint")}>
          {channels.map((channel) => (
            <KeepTyping key={channel.channelType} saved={channel}>
              <ChannelForm
                channel={channel}
                settings={settings}
                refused={wrong === channel.channelType ? refused : undefined}
              />
            </KeepTyping>
          ))}
        </Section>
        <Section title={t("general")}>
          <KeepTyping saved={general}>
            <GeneralForm settings={settings} refused={wrong === "" ? refused : undefined} />
          </KeepTyping>
        </Section>
      </div>
    </Page>
  );
}
