import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { RefusedBanner } from "#app/shell/refused-banner.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Route } from "./+types/page";
import { actOnNotifications } from "./act-on-notifications.ts";
import { DeviceList } from "./device-list.tsx";
import { QuietForm } from "./quiet-form.tsx";
import { WaysForm } from "./ways-form.tsx";

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).notifications.settings();
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  return answerForm(form, (values) => actOnNotifications(context.get(apiContext).notifications, values));
}

/** How one hears of what happens: of what, by which way, when not, and on which devices. */
export default function NotificationSettings({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("notifications");
  const refused = refusedIn(actionData);
  const saved = actionData && "done" in actionData;
  return (
    <Page title={t("settings")}>
      <div className="flex max-w-170 flex-col gap-10 px-5 pt-2 pb-12 max-sm:px-4">
        <RefusedBanner refused={refused} />
        {saved ? (
          <Banner tone="ok" role="status" className="-mb-4">
            {t("saved")}
          </Banner>
        ) : null}
        <WaysForm ways={loaderData.ways} mails={loaderData.mails} />
        <QuietForm settings={loaderData} />
        <DeviceList devices={loaderData.devices} pushKey={loaderData.pushKey} />
      </div>
    </Page>
  );
}
