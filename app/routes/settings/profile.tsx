import { apiContext, pageContext } from "#app/context.ts";
import { isLocale, isTheme } from "#app/i18n/locales.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";

import type { Route } from "./+types/profile";
import { absenceOf, daysOf } from "./absence/absence-days.ts";
import { AbsenceForm } from "./absence/absence-form.tsx";
import { zoneOf } from "./absence/zone-of.ts";
import { AlertMailsForm } from "./profile/alert-mails-form.tsx";
import { KeysForm } from "./profile/keys-form.tsx";
import { PasswordForm } from "./profile/password-form.tsx";
import { ProfileForm } from "./profile/profile-form.tsx";
import { Section } from "./profile/section.tsx";
import { SessionList } from "./profile/session-list.tsx";
import { UndoForm } from "./profile/undo-form.tsx";

export async function loader({ context }: Route.LoaderArgs) {
  const { profile, auth, alerts, members } = context.get(apiContext);
  const { viewer } = context.get(pageContext);
  const [chosen, sessions, mails, people] = await Promise.all([
    profile.read(),
    auth.sessions(),
    alerts.mails(),
    members.list(),
  ]);
  const me = people.find(({ userId }) => userId === viewer?.userId);
  return {
    chosen,
    sessions,
    mails,
    absence: daysOf(me?.absence ?? null, zoneOf(context.get(pageContext))),
    colleagues: people.filter(({ userId, status }) => status === "active" && userId !== me?.userId),
    timezones: Intl.supportedValuesOf("timeZone"),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { assignment, auth, profile } = context.get(apiContext);
  const form = await request.formData();
  const intent = form.get("intent");
  return answerForm(
    form,
    async ({
      name = "",
      locale,
      theme,
      timezone,
      current = "",
      password = "",
      hash = "",
      alertMails,
      undoSeconds,
      ...values
    }) => {
      switch (intent) {
        case "profile":
          await profile.update({
            name,
            locale: isLocale(locale) ? locale : null,
            theme: isTheme(theme) ? theme : "system",
            timezone: timezone ? timezone : null,
          });
          return { done: "saved" as const };
        case "alert-mails":
          await profile.chooseAlertMails({ alertMails: alertMails === "yes" });
          return { done: "saved" as const };
        case "undo":
          await profile.chooseUndo({ undoSeconds: undoSeconds === "0" ? 0 : undoSeconds === "10" ? 10 : 5 });
          return { done: "saved" as const };
        case "absence":
          await assignment.leave(absenceOf(values, zoneOf(context.get(pageContext))));
          return { done: "saved" as const };
        case "absence-end":
          await assignment.comeBack();
          return { done: "saved" as const };
        case "password":
          await auth.changePassword({ current, password });
          return { done: "passwordChanged" as const };
        case "end-session":
          await auth.endSession({ hash });
          return null;
        default:
          throw new Response(null, { status: 400 });
      }
    },
  );
}

export default function Profile({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("members");
  const { chosen, sessions, mails, timezones, absence, colleagues } = loaderData;
  const teams = useT("teams");
  const seesAlerts = useCan("channels.write");
  const refused = refusedIn(actionData);
  const refusedPassword = refused?.initialValue?.intent === "password";
  const done = actionData && "done" in actionData ? actionData.done : null;
  return (
    <Page title={t("profile")}>
      <div className="flex max-w-170 flex-col gap-10 px-5 pt-2 pb-12 max-sm:px-4">
        {done ? (
          <Banner tone="ok" role="status" className="-mb-4">
            {t(done)}
          </Banner>
        ) : null}
        <ProfileForm chosen={chosen} timezones={timezones} lastResult={refusedPassword ? undefined : refused} />
        <Section title={teams("absence")}>
          <AbsenceForm absence={absence} people={colleagues} />
        </Section>
        <UndoForm chosen={chosen.undoSeconds} />
        <KeysForm />
        {seesAlerts ? <AlertMailsForm wanted={chosen.alertMails} mails={mails} /> : null}
        <PasswordForm key={done} lastResult={refusedPassword ? refused : undefined} />
        <SessionList sessions={sessions} />
      </div>
    </Page>
  );
}
