import { useForm } from "@conform-to/react";
import { data, redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import type { Route } from "./+types/new";
import { ProviderChoice } from "./provider-choice.tsx";
import { SetupSteps, steps } from "./setup-steps.tsx";

export async function loader({ context, request }: Route.LoaderArgs) {
  const providers = await context.get(apiContext).channels.providers();
  const asked = new URL(request.url).searchParams.get("provider");
  return {
    chosen: providers.find(({ provider }) => provider === asked)?.provider ?? "whatsapp",
    providers,
    simulator: context.get(pageContext).simulator,
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  return answerForm(await request.formData(), async ({ provider, name = "", simulated }) => {
    const { channels } = context.get(apiContext);
    const known = (await channels.providers()).find((one) => one.provider === provider);
    if (!known) throw data(null, { status: 400 });
    const { channelId } = await channels.create({
      provider: known.provider,
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
    defaultValue: { provider: loaderData.chosen },
  });
  return (
    <Page title={t("newTitle")}>
      <div className="w-full max-w-3xl px-5 pb-10 max-sm:px-4">
        <BackLink to={to("settings/channels")}>{t("back")}</BackLink>
        <SetupSteps steps={steps} now="choose" reached="choose" />
        <PostForm form={form} className="mt-6 flex flex-col gap-5">
          <ProviderChoice
            name={fields.provider.name}
            choices={loaderData.providers}
            chosen={fields.provider.initialValue ?? ""}
          />
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
        </PostForm>
      </div>
    </Page>
  );
}
