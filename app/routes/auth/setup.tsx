import { useForm } from "@conform-to/react";
import { redirect, useNavigation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useLocale, useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import type { Route } from "./+types/setup";
import { Door } from "./door.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const { open } = await context.get(apiContext).setup.status({ token });
  return { open, timezones: open ? Intl.supportedValuesOf("timeZone") : [] };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const token = new URL(request.url).searchParams.get("token") ?? "";
  return answerForm(form, async ({ name = "", email = "", password = "", business = "", ...rest }) => {
    const { slug } = await context.get(apiContext).setup.create({
      token,
      business,
      name,
      email,
      password,
      locale: rest.locale === "en" ? "en" : "fr",
      timezone: rest.timezone ?? "",
      currency: (rest.currency ?? "").trim().toUpperCase(),
      country: (rest.country ?? "").trim().toUpperCase(),
    });
    return redirect(`/t/${slug}/settings/channels`);
  });
}

export default function Setup({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("auth");
  if (!loaderData.open) {
    return (
      <Door title={t("setupClosed")} intro={t("setupClosedBody")}>
        <LinkButton to="/sign-in">{t("toSignIn")}</LinkButton>
      </Door>
    );
  }
  return (
    <Door title={t("setupTitle")} intro={t("setupIntro")}>
      <SetupForm timezones={loaderData.timezones} lastResult={refusedIn(actionData)} />
    </Door>
  );
}

interface Answers {
  business: string;
  locale: string;
  timezone: string;
  currency: string;
  country: string;
  name: string;
  email: string;
  password: string;
}

function SetupForm(props: { timezones: readonly string[]; lastResult: ReturnType<typeof refusedIn> }) {
  const t = useT("auth");
  const locale = useLocale();
  const { state } = useNavigation();
  const [form, fields] = useForm<Answers>({
    id: "setup",
    lastResult: props.lastResult,
    defaultValue: { locale, timezone: "Europe/Paris", currency: "EUR", country: "FR" },
  });
  return (
    <PostForm form={form} className="flex flex-col gap-4">
      <h2 className="font-semibold">{t("yourBusiness")}</h2>
      <TextField field={fields.business} label={t("business")} hint={t("businessHint")} autoComplete="organization" />
      <div className="grid grid-cols-2 gap-4">
        <SelectField
          field={fields.locale}
          label={t("businessLocale")}
          options={[
            ["fr", "Français"],
            ["en", "English"],
          ]}
        />
        <SelectField
          field={fields.timezone}
          label={t("businessTimezone")}
          options={props.timezones.map((zone) => [zone, zone.replaceAll("_", " ")])}
        />
        <TextField field={fields.country} label={t("country")} maxLength={2} autoComplete="country" />
        <TextField field={fields.currency} label={t("currency")} maxLength={3} autoComplete="off" />
      </div>
      <p className="-mt-2 text-xs text-faint">{t("countryHint")}</p>
      <h2 className="mt-3 font-semibold">{t("yourAccount")}</h2>
      <TextField field={fields.name} label={t("name")} hint={t("nameHint")} autoComplete="name" />
      <TextField field={fields.email} label={t("email")} type="email" autoComplete="username" />
      <TextField
        field={fields.password}
        label={t("password")}
        hint={t("passwordHint")}
        type="password"
        autoComplete="new-password"
      />
      <Button type="submit" variant="primary" busy={state === "submitting"} className="mt-2">
        {t("create")}
      </Button>
    </PostForm>
  );
}
