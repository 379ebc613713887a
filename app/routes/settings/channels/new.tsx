import { useForm } from "@conform-to/react";
import { ArrowLeft } from "lucide-react";
import { Form, Link, redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input } from "#app/ui/inputs.tsx";

import type { Route } from "./+types/new";
import { SetupSteps } from "./setup-steps.tsx";
import { wordsFor } from "./words.ts";

export async function loader({ context }: Route.LoaderArgs) {
  const providers = await context.get(apiContext).channels.providers();
  return { providers, simulator: context.get(pageContext).simulator };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  return answerForm(await request.formData(), async ({ provider, name = "", simulated }) => {
    const { channelId } = await context.get(apiContext).channels.create({
      provider: provider === "twilio" ? "twilio" : "whatsapp",
      name,
      simulated: simulated === "on",
    });
    return redirect(`/t/${params.tenant}/settings/channels/${channelId}`);
  });
}

export default function NewChannelPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("channels");
  const to = useTenantPath();
  const { state } = useNavigation();
  const [form, fields] = useForm<{ provider: string; name: string; simulated: string }>({
    id: "new-channel",
    lastResult: refusedIn(actionData),
    defaultValue: { provider: "whatsapp" },
  });
  return (
    <Page title={t("newTitle")}>
      <div className="w-full max-w-3xl px-5 pb-10 max-sm:px-4">
        <Link to={to("settings/channels")} className="link inline-flex items-center gap-1">
          <ArrowLeft size={14} aria-hidden />
          {t("back")}
        </Link>
        <SetupSteps now="choose" reached="choose" />
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="mt-6 flex flex-col gap-5">
          <FormErrors errors={form.errors} id={form.errorId} />
          <fieldset>
            <legend className="mb-2 text-base font-semibold">{t("chooseTitle")}</legend>
            <div className="grid gap-3 sm:grid-cols-2">
              {loaderData.providers.map(({ provider, channelType }) => (
                <label
                  key={provider}
                  className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] content-start gap-x-3 gap-y-1 rounded-xl border border-line p-4 has-checked:border-accent has-checked:bg-active"
                >
                  <input
                    type="radio"
                    name={fields.provider.name}
                    value={provider}
                    defaultChecked={provider === fields.provider.initialValue}
                    className="check mt-0.5"
                  />
                  <span className="flex items-center gap-2 font-semibold">
                    <ChannelIcon kind={channelType} />
                    {wordsFor(t, `provider.${provider}`)}
                  </span>
                  <span className="col-start-2 text-dim">{wordsFor(t, `provider.${provider}.body`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <Field field={fields.name} label={t("name")} hint={t("nameHint")} className="max-w-90">
            {(aria) => (
              <Input
                {...aria}
                key={fields.name.key}
                name={fields.name.name}
                defaultValue={fields.name.initialValue}
                maxLength={80}
                required
              />
            )}
          </Field>
          {loaderData.simulator ? (
            <Checkbox name={fields.simulated.name} label={t("simulate")} hint={t("simulateHint")} />
          ) : null}
          <div>
            <Button type="submit" variant="primary" busy={state === "submitting"}>
              {t("start")}
            </Button>
          </div>
        </Form>
      </div>
    </Page>
  );
}
