import { useForm } from "@conform-to/react";
import { data, redirect, useNavigation } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import type { Route } from "./+types/reset";
import { Door } from "./door.tsx";
import { TextField } from "#app/ui/text-field.tsx";

export async function loader({ params, context }: Route.LoaderArgs) {
  try {
    return { person: await context.get(apiContext).auth.lookAtReset({ token: params.token }) };
  } catch (thrown) {
    if (refusalOf(thrown)?.reason === "link_expired") return data({ person: null }, { status: 404 });
    throw thrown;
  }
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const form = await request.formData();
  return answerForm(form, async ({ password = "" }) => {
    await context.get(apiContext).auth.resetPassword({ token: params.token, password });
    return redirect("/sign-in?reset");
  });
}

export default function Reset({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("auth");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ password: string }>({ id: "reset", lastResult: refusedIn(actionData) });
  const { person } = loaderData;
  if (!person) {
    return (
      <Door title={t("linkExpired")} intro={t("resetExpiredBody")}>
        <LinkButton to="/sign-in">{t("toSignIn")}</LinkButton>
      </Door>
    );
  }
  return (
    <Door title={t("resetTitle")} intro={t("resetIntro", person)}>
      <PostForm form={form} className="flex flex-col gap-4">
        <input type="hidden" autoComplete="username" value={person.email} readOnly />
        <TextField
          field={fields.password}
          label={t("newPassword")}
          hint={t("passwordHint")}
          type="password"
          autoComplete="new-password"
        />
        <Button type="submit" variant="primary" busy={state === "submitting"}>
          {t("setPassword")}
        </Button>
      </PostForm>
    </Door>
  );
}
