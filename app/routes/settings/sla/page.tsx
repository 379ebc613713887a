import { Plus } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Section } from "#app/ui/section.tsx";

import type { Route } from "./+types/page";
import { actOnSla } from "./act-on-sla.ts";
import { HolidayList } from "./holiday-list.tsx";
import { PolicyForm } from "./policy-form.tsx";
import { PolicyList } from "./policy-list.tsx";
import { WeekForm } from "./week-form.tsx";

/** `?policy=new` or `?policy=<id>` opens the form. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [settings, colleagues] = await Promise.all([api.sla.get(), api.tickets.assignees()]);
  const query = new URL(request.url).searchParams;
  return { settings, colleagues, asked: query.get("policy"), leaving: query.get("delete"), saved: query.has("saved") };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  actOnSla(await request.formData(), context.get(apiContext), `/t/${params.tenant}/settings/sla`);

export type SlaSettings = Route.ComponentProps["loaderData"]["settings"];
export type Policy = SlaSettings["policies"][number];

export default function SlaPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("sla");
  useLive(["deadlines"]);
  const { settings, colleagues, asked, leaving, saved } = loaderData;
  const chosen = settings.policies.find(({ id }) => id === asked) ?? null;
  const editing = asked === "new" || chosen !== null;
  const refused = refusedIn(actionData);
  return (
    <Page
      title={t("title")}
      actions={
        <LinkButton to="?policy=new" variant="primary" icon={<Plus size={15} aria-hidden />} preventScrollReset>
          {t("add")}
        </LinkButton>
      }
    >
      <div className="flex max-w-3xl flex-col gap-8 px-5 pb-12 max-sm:px-4">
        <p className="text-dim">{t("intro")}</p>
        {saved ? <Banner tone="ok">{t("saved")}</Banner> : null}
        {editing ? (
          <PolicyForm key={chosen?.id ?? "new"} policy={chosen} colleagues={colleagues} refused={refused} />
        ) : null}
        <Section title={t("policies")} hint={t("policiesHint")}>
          <PolicyList policies={settings.policies} leaving={leaving} colleagues={colleagues} />
        </Section>
        <Section title={t("hours")} hint={t("hoursHint", { zone: settings.timezone })}>
          <WeekForm days={settings.businessHours} refused={editing ? undefined : refused} />
        </Section>
        <Section title={t("holidays")} hint={t("holidaysHint")}>
          <HolidayList holidays={settings.holidays} timeZone={settings.timezone} />
        </Section>
      </div>
    </Page>
  );
}
