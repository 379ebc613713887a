import { useForm } from "@conform-to/react";
import { data, Form, redirect, useNavigation } from "react-router";

import { apiContext, pageContext, refusalOf } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/invitation";
import { Door } from "./door.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import { TextField } from "#app/ui/text-field.tsx";

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const signedInAs = context.get(pageContext).viewer?.email ?? null;
  try {
    const invitation = await context.get(apiContext).invitations.look({ token: params.token });
    return { invitation, signedInAs, here: new URL(request.url).pathname };
  } catch (thrown) {
    if (refusalOf(thrown)?.reason === "link_expired")
      return data({ invitation: null, signedInAs, here: "" }, { status: 404 });
    throw thrown;
  }
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const form = await request.formData();
  return answerForm(form, async (values) => {
    const { invitations } = context.get(apiContext);
    const account = form.has("account") ? { name: values.name ?? "", password: values.password ?? "" } : {};
    const { slug } = await invitations.accept({ token: params.token, ...account });
    return redirect(`/t/${slug}`);
  });
}

export default function InvitationPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("auth");
  const role = useT("shell");
  const { invitation, signedInAs, here } = loaderData;
  if (!invitation) {
    return (
      <Door title={t("linkExpired")} intro={t("invitationExpiredBody")}>
        <LinkButton to="/sign-in">{t("toSignIn")}</LinkButton>
      </Door>
    );
  }
  const { tenantName: tenant, email } = invitation;
  const refused = refusedIn(actionData);
  return (
    <Door
      title={t("invitationTitle", { tenant })}
      intro={t("invitationIntro", { tenant, email, role: role(`role.${invitation.role}`) })}
    >
      {signedInAs === null ? (
        <>
          <NewAccount lastResult={refused} />
          <p className="mt-8 mb-2 text-dim">{t("haveAccount")}</p>
          <LinkButton to={`/sign-in?${new URLSearchParams({ next: here })}`}>{t("signInToJoin")}</LinkButton>
        </>
      ) : signedInAs === email ? (
        <Form method="post">
          <FormErrors errors={refused?.error?.[""] ?? undefined} />
          <Button type="submit" variant="primary">
            {t("join", { tenant })}
          </Button>
        </Form>
      ) : (
        <div className="flex flex-col items-start gap-4">
          <Banner tone="warn">{t("otherAccount", { email: signedInAs, invited: email })}</Banner>
          <SignOutButton back={here} />
        </div>
      )}
    </Door>
  );
}

/** For someone who is new to Guichet. */
function NewAccount({ lastResult }: { lastResult: ReturnType<typeof refusedIn> }) {
  const t = useT("auth");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ name: string; password: string }>({ id: "account", lastResult });
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4">
      <h2 className="font-semibold">{t("newHere")}</h2>
      <FormErrors errors={form.errors} id={form.errorId} />
      <input type="hidden" name="account" value="new" />
      <TextField field={fields.name} label={t("name")} hint={t("nameHint")} autoComplete="name" />
      <TextField
        field={fields.password}
        label={t("password")}
        hint={t("passwordHint")}
        type="password"
        autoComplete="new-password"
      />
      <Button type="submit" variant="primary" busy={state === "submitting"}>
        {t("createAndJoin")}
      </Button>
    </Form>
  );
}
