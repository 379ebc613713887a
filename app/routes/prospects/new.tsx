import { useForm } from "@conform-to/react";
import { Link, redirect, useNavigation } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { zoneOfBusiness } from "../appointments/zone.ts";
import type { Route } from "./+types/new";
import { besideFields } from "./beside-fields.ts";
import { openStatuses } from "./prospect-words.ts";
import { Plain, ProspectForm, type ProspectFields } from "./prospect-form.tsx";
import { factsIn } from "./read-form.ts";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `?customer=` says who it is, `?conversation=` and `?call=` where it was spoken of. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { prospects, customers, members } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const idOf = (name: string) => {
    const value = searchParams.get(name) ?? "";
    return id.test(value) ? value : null;
  };
  const customerId = idOf("customer");
  const [used, people, customer, open] = await Promise.all([
    prospects.suggestions(),
    members.list(),
    customerId ? customers.get({ customerId }) : null,
    customerId ? prospects.list({ customerId, status: [...openStatuses] }) : null,
  ]);
  return {
    used,
    members: people.filter(({ status }) => status === "active").map(({ userId, name }) => ({ userId, name })),
    customer: customer && { id: customer.customer.id, name: customer.customer.displayName },
    open: open?.rows[0] ?? null,
    conversationId: idOf("conversation"),
    callId: idOf("call"),
    viewer: context.get(pageContext).viewer?.userId ?? "",
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const { prospects } = context.get(apiContext);
  return answerForm(await request.formData(), async (values) => {
    const { customerId, conversationId, callId, displayName = "", phone, email } = values;
    const whom = customerId
      ? { customerId }
      : { customer: { displayName, ...(phone ? { phone } : {}), ...(email ? { email } : {}) } };
    const { prospectId } = await besideFields(() =>
      prospects.create({
        ...whom,
        ...factsIn(values, timeZone),
        ...(conversationId ? { conversationId } : {}),
        ...(callId ? { callId } : {}),
      }),
    );
    return redirect(`/t/${params.tenant}/prospects/${prospectId}`);
  });
}

type Fields = ProspectFields & { displayName: string; phone: string; email: string };

export default function NewProspect({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("prospects");
  const ui = useT("ui");
  const to = useTenantPath();
  const { state } = useNavigation();
  const { customer, open, conversationId, callId, members, used, viewer } = loaderData;
  const [form, fields] = useForm<Fields>({
    id: "prospect",
    lastResult: refusedIn(actionData),
    defaultValue: { ownerId: viewer },
  });
  return (
    <Page title={t("new")}>
      <PostForm form={form} className="flex max-w-180 flex-col gap-4 px-5 pt-2 pb-12 max-sm:px-4">
        {open ? (
          <Banner tone="warn" role="status">
            {t("alreadyOpen", { what: open.interest || t("unsaid") })}{" "}
            <Link to={to(`prospects/${open.id}`)} className="link">
              {t("openIt")}
            </Link>
          </Banner>
        ) : null}
        {conversationId ? <input type="hidden" name="conversationId" value={conversationId} /> : null}
        {callId ? <input type="hidden" name="callId" value={callId} /> : null}
        {customer ? (
          <p className="text-dim">
            {t("forCustomer", { name: customer.name })}
            {callId ? ` · ${t("fromCall")}` : conversationId ? ` · ${t("fromConversation")}` : ""}
            <input type="hidden" name="customerId" value={customer.id} />
          </p>
        ) : (
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-2 font-semibold">{t("who")}</legend>
            <div className="grid items-start gap-4 sm:grid-cols-3">
              <TextField field={fields.displayName} label={t("name")} maxLength={160} autoComplete="off" />
              <Plain field={fields.phone} label={t("phone")} type="tel" />
              <Plain field={fields.email} label={t("email")} type="email" />
            </div>
            <p className="text-xs text-faint">{t("newCustomerHint")}</p>
          </fieldset>
        )}
        <fieldset className="flex flex-col gap-4">
          <legend className="mb-2 font-semibold">{t("facts")}</legend>
          <ProspectForm fields={fields} members={members} used={used} />
        </fieldset>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={state !== "idle"}>
            {t("create")}
          </Button>
          <LinkButton to={to("prospects")} variant="quiet">
            {ui("cancel")}
          </LinkButton>
        </div>
      </PostForm>
    </Page>
  );
}
