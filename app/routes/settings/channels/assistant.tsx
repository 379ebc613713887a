import type { ReactNode } from "react";
import { redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/assistant";
import { providerName, readDefinition } from "./assistant-data.ts";
import { AssistantDifferences, RefusedThere } from "./assistant-differences.tsx";
import { AssistantForm } from "./assistant-form.tsx";
import { AssistantVersions } from "./assistant-versions.tsx";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `?compare` asks the provider what it has. */
export async function loader({ params, request, context }: Route.LoaderArgs) {
  if (!id.test(params.id)) throw new Response(null, { status: 404 });
  const { assistants, calls } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const ref = { channelId: params.id };
  const [assistant, functions, comparison] = await Promise.all([
    assistants.get(ref),
    calls.functions(),
    searchParams.has("compare") ? assistants.compare(ref) : null,
  ]);
  return {
    assistant,
    functions: functions.map(({ name }) => name),
    comparison,
    saved: searchParams.has("saved"),
    sent: searchParams.get("sent"),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const { assistants } = context.get(apiContext);
  const channelId = params.id;
  const here = `/t/${params.tenant}/settings/channels/${channelId}/assistant`;
  const form = await request.formData();
  return answerForm(form, async ({ intent, number = "", seen = "" }) => {
    if (intent === "send") {
      const { refused } = await assistants.send({ channelId, number: Number(number), seen });
      return refused ? { refused } : redirect(`${here}?sent=${number}&compare`);
    }
    const { versions } = intent === "restore" ? await assistants.get({ channelId }) : { versions: [] };
    const chosen = versions.find((version) => String(version.number) === number);
    if (intent === "restore" && !chosen) throw new Response(null, { status: 404 });
    await assistants.save({ channelId, definition: chosen?.definition ?? readDefinition(form) });
    return redirect(`${here}?saved&compare`);
  });
}

/** What the voice agent of a channel is to be, what its provider has, and how one becomes the other. */
export default function AssistantPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("assistants");
  const to = useTenantPath();
  const mayWrite = useCan("channels.write");
  const { assistant, functions, comparison, saved, sent } = loaderData;
  const { channel, definition, versions } = assistant;
  const vendor = { provider: providerName(channel.provider) };
  const refusedThere = actionData && "refused" in actionData ? actionData.refused : null;
  const formErrors = refusedIn(actionData);
  return (
    <Page title={t("title", { name: channel.name })}>
      <div className="flex w-full max-w-3xl flex-col gap-6 px-5 pb-16 max-sm:px-4">
        <div className="flex flex-col gap-2 text-dim">
          <BackLink to={to(`settings/channels/${channel.id}`)}>{t("back")}</BackLink>
          <p className="max-w-[75ch]">{t("intro", vendor)}</p>
        </div>
        {saved ? (
          <Banner tone="ok" role="status">
            {t("saved", vendor)}
          </Banner>
        ) : null}
        <AssistantForm
          definition={definition}
          provider={channel.provider}
          functions={functions}
          mayWrite={mayWrite}
          refused={formErrors}
        />
        {mayWrite ? (
          <Part title={t("there", vendor)}>
            <p className="text-dim">{t(versions.length > 0 ? "thereIntro" : "nothingYet", vendor)}</p>
            {sent ? (
              <Banner tone="ok" role="status">
                {t("sent", { ...vendor, number: sent })}
              </Banner>
            ) : null}
            {refusedThere ? <RefusedThere {...refusedThere} provider={channel.provider} /> : null}
            {comparison ? <AssistantDifferences comparison={comparison} provider={channel.provider} /> : null}
            {versions.length > 0 ? (
              <LinkButton to="?compare" className="self-start" preventScrollReset>
                {comparison ? t("again") : t("compare", vendor)}
              </LinkButton>
            ) : null}
          </Part>
        ) : null}
        {versions.length > 0 ? (
          <Part title={t("versions")}>
            <AssistantVersions versions={versions} mayWrite={mayWrite} />
          </Part>
        ) : null}
      </div>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 border-t border-line pt-5">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
