import { Form, redirect, useNavigation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { TitledList } from "#app/ui/titled-list.tsx";

import type { Route } from "./+types/erase";

export async function loader({ params, context }: Route.LoaderArgs) {
  const found = await context.get(apiContext).erasure.count({ customerId: params.id });
  if (found.erasedAt) throw redirect(`/t/${params.tenant}/customers/${params.id}`);
  return found;
}

export async function action({ params, context }: Route.ActionArgs) {
  await context.get(apiContext).erasure.create({ customerId: params.id });
  return redirect(`/t/${params.tenant}/customers/${params.id}`);
}

/** What erasing a person takes away and what stays, in numbers, before it is done: there is no way back. */
export default function ErasePage({ loaderData: { name, counts }, params }: Route.ComponentProps) {
  const t = useT("customers");
  const to = useTenantPath();
  const busy = useNavigation().state !== "idle";
  const gone = [
    t("eraseGoesWho"),
    ...(counts.conversations > 0 ? [t("eraseConversations", { count: counts.conversations })] : []),
    ...(counts.messages > 0 ? [t("eraseMessages", { count: counts.messages })] : []),
    ...(counts.files > 0 ? [t("eraseFiles", { count: counts.files })] : []),
    ...(counts.calls > 0 ? [t("eraseCalls", { count: counts.calls })] : []),
    ...(counts.tickets > 0 ? [t("eraseTickets", { count: counts.tickets })] : []),
    ...(counts.events > 0 ? [t("eraseEvents", { count: counts.events })] : []),
  ];
  return (
    <Page title={t("eraseTitle", { name })}>
      <Form method="post" className="flex max-w-170 flex-col gap-6 px-5 pt-2 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("eraseIntro")}</p>
        <div className="grid gap-6 sm:grid-cols-2">
          <TitledList title={t("eraseGoes")} lines={gone} />
          <TitledList title={t("eraseStays")} lines={[t("eraseStaysCounts"), t("eraseStaysLog")]} />
        </div>
        <Banner tone="warn">
          <p>{t("eraseAgain")}</p>
          <p>{t("eraseBackups")}</p>
        </Banner>
        <div className="flex flex-wrap gap-2">
          <LinkButton to={to(`customers/${params.id}`)}>{t("eraseCancel")}</LinkButton>
          <Button type="submit" variant="danger" busy={busy}>
            {t("eraseConfirm")}
          </Button>
        </div>
      </Form>
    </Page>
  );
}
