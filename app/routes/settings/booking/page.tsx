import { useForm } from "@conform-to/react";
import { ExternalLink } from "lucide-react";
import { Link, redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input, Textarea } from "#app/ui/inputs.tsx";
import { NumberField } from "#app/ui/number-field.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import type { Route } from "./+types/page";

export async function loader({ request, context, params }: Route.LoaderArgs) {
  const settings = await context.get(apiContext).booking.settings();
  const link = `${context.get(pageContext).origin}/book/${params.tenant}`;
  return { settings, link, saved: new URL(request.url).searchParams.has("saved") };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await request.formData();
  return answerForm(form, async ({ introFr = "", introEn = "", changeNoticeMinutes: hours = "" }) => {
    const changeNoticeMinutes = Math.round(Number(hours.replace(",", ".") || Number.NaN) * 60);
    const values = { enabled: form.has("enabled"), introFr, introEn, changeNoticeMinutes };
    await context.get(apiContext).booking.saveSettings(values);
    return redirect(`/t/${params.tenant}/settings/booking?saved`);
  });
}

type Data = Route.ComponentProps["loaderData"];

/** Whether customers book by themselves, where, and what the page says. */
export default function BookingSettings({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("booking");
  const { settings, link, saved } = loaderData;
  return (
    <Page title={t("settingsTitle")}>
      <div className="flex w-full max-w-2xl flex-col gap-6 px-5 pb-16 max-sm:px-4">
        <p className="text-dim">{t("settingsIntro")}</p>
        {saved ? (
          <Banner tone="ok" role="status">
            {t("settingsSaved")}
          </Banner>
        ) : null}
        <PublicLink link={link} enabled={settings.enabled} />
        <PageForm settings={settings} refused={refusedIn(actionData)} />
        <Offered settings={settings} />
      </div>
    </Page>
  );
}

function PublicLink({ link, enabled }: { link: string; enabled: boolean }) {
  const t = useT("booking");
  return (
    <section aria-label={t("publicLink")} className="flex flex-col gap-1">
      <h2 className="font-medium">{t("publicLink")}</h2>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          readOnly
          value={link}
          aria-label={t("publicLink")}
          className="min-w-0 flex-1 basis-60 font-mono text-xs"
        />
        <CopyButton text={link} name={t("publicLink")} />
        {enabled ? (
          <a href={link} className="btn btn-sm">
            <ExternalLink size={14} aria-hidden />
            {t("openPage")}
          </a>
        ) : null}
      </div>
      {enabled ? null : <p className="text-xs text-faint">{t("offPage")}</p>}
    </section>
  );
}

interface PageFormProps {
  settings: Data["settings"];
  refused: ReturnType<typeof refusedIn>;
}

function PageForm({ settings, refused }: PageFormProps) {
  const t = useT("booking");
  const { state } = useNavigation();
  const { enabled, introFr, introEn, changeNoticeMinutes } = settings;
  const [form, fields] = useForm<{ introFr: string; introEn: string; changeNoticeMinutes: string }>({
    id: "booking-page",
    defaultValue: { introFr, introEn, changeNoticeMinutes: String(changeNoticeMinutes / 60) },
    ...(refused ? { lastResult: refused } : {}),
  });
  return (
    <PostForm form={form} className="flex flex-col gap-5">
      <Checkbox name="enabled" value="on" defaultChecked={enabled} label={t("enabled")} hint={t("enabledHint")} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {(["introFr", "introEn"] as const).map((name) => (
          <Field key={name} field={fields[name]} label={t(name)} hint={t("introHint")} optional>
            {(aria) => (
              <Textarea {...aria} name={name} rows={3} maxLength={600} defaultValue={fields[name].initialValue} />
            )}
          </Field>
        ))}
      </div>
      <NumberField
        field={fields.changeNoticeMinutes}
        label={t("changeNotice")}
        hint={t("changeNoticeHint")}
        step="any"
        className="max-w-32"
      />
      <Button type="submit" variant="primary" busy={state !== "idle"} className="self-start">
        {t("save")}
      </Button>
    </PostForm>
  );
}

/** Which services customers find there. */
function Offered({ settings: { offered, withoutMembers } }: { settings: Data["settings"] }) {
  const t = useT("booking");
  const format = useFormat();
  const to = useTenantPath();
  return (
    <section aria-label={t("offered")} className="flex flex-col gap-1 border-t border-line pt-5">
      <h2 className="font-semibold">{t("offered")}</h2>
      <p className={offered.length > 0 ? "text-dim" : "text-warn"}>
        {offered.length > 0 ? format.list(offered) : t("offeredNone")}
      </p>
      {withoutMembers.length > 0 ? (
        <p className="text-warn">{t("withoutMembers", { names: format.list(withoutMembers) })}</p>
      ) : null}
      <p>
        <Link to={to("settings/services")} className="link">
          {t("chooseServices")}
        </Link>
      </p>
    </section>
  );
}
