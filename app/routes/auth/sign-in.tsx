import { useForm } from "@conform-to/react";
import { redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import type { Route } from "./+types/sign-in";
import { DemoAccounts } from "./demo-accounts.tsx";
import { Door } from "./door.tsx";
import { NoTenant } from "./no-tenant.tsx";
import { safeNext } from "./safe-next.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { viewer, demo } = context.get(pageContext);
  const next = safeNext(request.url);
  if (viewer && (viewer.memberships.length > 0 || next !== "/")) throw redirect(next);
  const { searchParams } = new URL(request.url);
  const known = demo ? await context.get(apiContext).auth.demoAccounts() : { accounts: [], password: "" };
  const chosen = known.accounts.find(({ email }) => email === searchParams.get("account"));
  return {
    signedInAs: viewer?.email ?? null,
    accounts: known.accounts,
    filled: chosen ? { email: chosen.email, password: known.password } : null,
    passwordSet: searchParams.has("reset"),
    next,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  return answerForm(form, async ({ email = "", password = "" }) => {
    await context.get(apiContext).auth.signIn({ email, password });
    return redirect(safeNext(request.url));
  });
}

export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("auth");
  const { accounts, filled, signedInAs, next } = loaderData;
  if (signedInAs) return <NoTenant email={signedInAs} />;
  return (
    <Door
      title={t("welcome")}
      intro={t("intro")}
      aside={accounts.length > 0 ? <DemoAccounts accounts={accounts} chosen={filled?.email} next={next} /> : null}
    >
      {loaderData.passwordSet && !actionData ? (
        <Banner tone="ok" role="status" className="mb-4">
          {t("passwordSet")}
        </Banner>
      ) : null}
      <SignInForm key={filled?.email} filled={filled} lastResult={refusedIn(actionData)} />
      <p className="mt-6 text-xs text-faint">{t("forgotten")}</p>
    </Door>
  );
}

interface SignInFormProps {
  filled: { email: string; password: string } | null;
  lastResult: ReturnType<typeof refusedIn>;
}

function SignInForm({ filled, lastResult }: SignInFormProps) {
  const t = useT("auth");
  const { state } = useNavigation();
  const [form, fields] = useForm<{ email: string; password: string }>({
    id: "sign-in",
    lastResult,
    defaultValue: filled ?? {},
  });
  return (
    <PostForm form={form} className="flex flex-col gap-4">
      <Field field={fields.email} label={t("email")}>
        {(aria) => (
          <Input
            {...aria}
            key={fields.email.key}
            name={fields.email.name}
            defaultValue={fields.email.initialValue}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            required
          />
        )}
      </Field>
      <Field field={fields.password} label={t("password")}>
        {(aria) => (
          <Input
            {...aria}
            key={fields.password.key}
            name={fields.password.name}
            defaultValue={fields.password.initialValue}
            type="password"
            autoComplete="current-password"
            required
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={state === "submitting"} className="mt-1">
        {t("signIn")}
      </Button>
    </PostForm>
  );
}
