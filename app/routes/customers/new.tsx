import { useForm } from "@conform-to/react";
import { Link, redirect, useNavigation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { Route } from "./+types/new";
import { segments } from "./customer-words.ts";
import { holderIn } from "./holder-in.ts";

export async function action({ params, request, context }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const answer = await answerForm(form, async ({ displayName = "", phone, email, segment, city }) => {
    const { customerId } = await api.customers.create({
      displayName,
      ...(phone ? { phone } : {}),
      ...(email ? { email } : {}),
      ...(city ? { city } : {}),
      segment: segments.find((known) => known === segment),
    });
    return redirect(`/t/${params.tenant}/customers/${customerId}`);
  });
  if (answer instanceof Response) return answer;
  return { ...answer.data, holder: await holderIn(api, answer.data.result, form) };
}

type Fields = { displayName: string; phone: string; email: string; segment: string; city: string };

export default function NewCustomer({ actionData }: Route.ComponentProps) {
  const t = useT("customers");
  const ui = useT("ui");
  const to = useTenantPath();
  const { state } = useNavigation();
  const [form, fields] = useForm<Fields>({
    id: "customer",
    lastResult: refusedIn(actionData),
    defaultValue: { segment: "prospect" },
  });
  const holder = actionData && "holder" in actionData ? actionData.holder : null;
  const plain = (field: (typeof fields)["phone"], label: string, type: string, hint?: string) => (
    <Field field={field} label={label} optional hint={hint}>
      {(aria) => <Input {...aria} type={type} name={field.name} defaultValue={field.initialValue} />}
    </Field>
  );
  return (
    <Page title={t("new")}>
      <PostForm form={form} className="flex max-w-140 flex-col gap-4 px-5 pt-2 pb-12 max-sm:px-4">
        {holder ? (
          <Banner tone="warn" role="status">
            {t("takenBy", { name: holder.name })}{" "}
            <Link to={to(`customers/${holder.id}`)} className="link">
              {t("openTaken")}
            </Link>
          </Banner>
        ) : null}
        <TextField field={fields.displayName} label={t("displayName")} maxLength={160} autoComplete="off" />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {plain(fields.phone, t("phone"), "tel", t("phoneHint"))}
          {plain(fields.email, t("email"), "email")}
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <SelectField
            field={fields.segment}
            label={t("segment")}
            options={segments.map((segment) => [segment, t(`segment.${segment}`)])}
          />
          {plain(fields.city, t("city"), "text")}
        </div>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={state !== "idle"}>
            {t("create")}
          </Button>
          <LinkButton to={to("customers")} variant="quiet">
            {ui("cancel")}
          </LinkButton>
        </div>
      </PostForm>
    </Page>
  );
}
