import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Page } from "#app/shell/page.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Route } from "./+types/page";
import { actOnMessages } from "./act-on-messages.ts";
import { HoursForm } from "./hours-form.tsx";
import { WordsForm } from "./words-form.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const settings = await context.get(apiContext).appointmentMessages.settings();
  return { settings, saved: new URL(request.url).searchParams.has("saved") };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  actOnMessages(await request.formData(), context.get(apiContext), `/t/${params.tenant}/settings/appointment-messages`);

export type MessageSettings = Route.ComponentProps["loaderData"]["settings"];

/** What customers receive around their appointments: which messages, in which words, and when. */
export default function AppointmentMessageSettings({
  loaderData: { settings, saved },
  actionData,
}: Route.ComponentProps) {
  const t = useT("appointmentMessages");
  const refused = refusedIn(actionData);
  const { sendFrom, sendUntil, offerMinutes } = settings;
  const wrong = String(refused?.initialValue?.["kind"] ?? "");
  return (
    <Page title={t("settingsTitle")}>
      <div className="flex max-w-3xl flex-col gap-8 px-5 pb-12 max-sm:px-4">
        <div className="flex max-w-[75ch] flex-col gap-2 text-dim">
          <p>{t("settingsIntro")}</p>
          <p>{t("answers")}</p>
        </div>
        {saved ? (
          <Banner tone="ok" role="status">
            {t("saved")}
          </Banner>
        ) : null}
        <section aria-label={t("messages")} className="flex flex-col gap-3 border-t border-line pt-5">
          <h2 className="font-semibold">{t("messages")}</h2>
          {settings.messages.map((message) => (
            <KeepTyping key={message.kind} saved={wordsOf(message)}>
              <WordsForm
                message={message}
                templates={settings.templates}
                refused={wrong === message.kind ? refused : undefined}
              />
            </KeepTyping>
          ))}
        </section>
        <section aria-label={t("hours")} className="flex flex-col gap-3 border-t border-line pt-5">
          <h2 className="font-semibold">{t("hours")}</h2>
          <KeepTyping saved={[sendFrom, sendUntil, offerMinutes]}>
            <HoursForm settings={settings} refused={wrong === "" ? refused : undefined} />
          </KeepTyping>
        </section>
      </div>
    </Page>
  );
}

/** What is saved of a message, without its example of the hour. */
function wordsOf({ previews: _, ...saved }: MessageSettings["messages"][number]) {
  return saved;
}
