import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Page } from "#app/shell/page.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { TitledList } from "#app/ui/titled-list.tsx";

import type { Route } from "./+types/retention";
import { RetentionConfirm } from "./retention-confirm.tsx";
import { RetentionForm } from "./retention-form.tsx";

export async function loader({ context }: Route.LoaderArgs) {
  return { retention: await context.get(apiContext).logRetention.get() };
}

/** Saves a term; one that removes something is asked about first, with what it removes. */
export async function action({ request, context }: Route.ActionArgs) {
  const { logRetention } = context.get(apiContext);
  const form = await request.formData();
  const confirmed = form.get("confirmed");
  return answerForm(form, async (values) => {
    const days = Number(values["days"]);
    const expired = await logRetention.countExpired({ days });
    if (confirmed !== String(days) && expired.events + expired.posts > 0) return { asks: { days, ...expired } };
    await logRetention.save({ days });
    return { saved: true };
  });
}

export default function RetentionPage({ loaderData: { retention }, actionData }: Route.ComponentProps) {
  const t = useT("logs");
  const format = useFormat();
  const mayChange = useCan("logs.retain");
  const asks = actionData && "asks" in actionData ? actionData.asks : null;
  const { days, postDays, from } = retention;
  return (
    <Page title={t("retention")}>
      <div className="flex max-w-170 flex-col gap-6 px-5 pt-2 pb-12 max-sm:px-4">
        {actionData && "saved" in actionData ? (
          <Banner tone="ok" role="status">
            {t("retentionSaved")}
          </Banner>
        ) : null}
        <p className="max-w-[75ch] text-dim">
          {t("retentionIntro")} {t("retentionToday", { count: days, from: format.date(from) })}
        </p>
        {asks ? (
          <RetentionConfirm asks={asks} />
        ) : mayChange ? (
          <KeepTyping saved={days}>
            <RetentionForm retention={retention} lastResult={refusedIn(actionData)} />
          </KeepTyping>
        ) : (
          <p className="text-dim">{t("retentionReadOnly")}</p>
        )}
        <div className="grid gap-6 border-t border-line pt-6 sm:grid-cols-2">
          <TitledList
            title={t("retentionGoes")}
            lines={[
              t("retentionGoesEvents", { days: format.number(days) }),
              t("retentionGoesPosts", { days: format.number(postDays) }),
              t("retentionGoesReplay"),
            ]}
          />
          <TitledList
            title={t("retentionStays")}
            lines={[t("retentionStaysWork"), t("retentionStaysCounts"), t("retentionStaysDuplicates")]}
          />
        </div>
      </div>
    </Page>
  );
}
