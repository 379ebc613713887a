import { useForm } from "@conform-to/react";
import { Form, redirect, useNavigation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input, Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { Route } from "./+types/new";
import { focusFirst } from "./focus-first.ts";
import { priorities, priorityWords } from "./ticket-words.ts";

/** `?customer=` and `?conversation=` say whom and what it is about. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const customerId = searchParams.get("customer");
  const conversationId = searchParams.get("conversation");
  const [assignees, customer] = await Promise.all([
    api.tickets.assignees(),
    customerId ? api.customers.get({ customerId }) : null,
  ]);
  return {
    assignees,
    customer: customer && { id: customer.customer.id, name: customer.customer.displayName },
    conversationId,
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return answerForm(
    await request.formData(),
    async ({ subject = "", description, category, priority, assigneeId, customerId, conversationId }) => {
      const { number } = await context.get(apiContext).tickets.open({
        subject,
        ...(description ? { description } : {}),
        ...(category ? { category } : {}),
        ...(assigneeId ? { assigneeId } : {}),
        ...(customerId ? { customerId } : {}),
        ...(conversationId ? { conversationId } : {}),
        priority: priorities.find((known) => known === priority),
      });
      return redirect(`/t/${params.tenant}/tickets/${number}`);
    },
  );
}

type Fields = { subject: string; description: string; category: string; priority: string; assigneeId: string };

export default function NewTicket({
  loaderData: { assignees, customer, conversationId },
  actionData,
}: Route.ComponentProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const to = useTenantPath();
  const { state } = useNavigation();
  const [form, fields] = useForm<Fields>({
    id: "ticket",
    lastResult: refusedIn(actionData),
    defaultValue: { priority: "medium" },
  });
  return (
    <Page title={t("new")}>
      <Form
        method="post"
        id={form.id}
        onSubmit={form.onSubmit}
        noValidate
        className="flex max-w-160 flex-col gap-4 px-5 pt-2 pb-12 max-sm:px-4"
      >
        <FormErrors errors={form.errors} id={form.errorId} />
        {customer ? (
          <p className="text-dim">
            {t("forCustomer", { name: customer.name })}
            {conversationId ? ` · ${t("fromConversation")}` : ""}
            <input type="hidden" name="customerId" value={customer.id} />
          </p>
        ) : null}
        {conversationId ? <input type="hidden" name="conversationId" value={conversationId} /> : null}
        <TextField
          field={fields.subject}
          label={t("subject")}
          hint={t("subjectHint")}
          maxLength={200}
          ref={focusFirst}
        />
        <Field field={fields.description} label={t("description")} optional>
          {(aria) => (
            <Textarea
              {...aria}
              name={fields.description.name}
              defaultValue={fields.description.initialValue}
              rows={5}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          <SelectField
            field={fields.priority}
            label={t("priority")}
            options={priorities.map((one) => [one, ui(priorityWords[one])])}
          />
          <SelectField
            field={fields.assigneeId}
            label={t("assignee")}
            options={[["", t("nobody")], ...assignees.map((member) => [member.userId, member.name] as const)]}
          />
          <Field field={fields.category} label={t("category")} optional>
            {(aria) => (
              <Input {...aria} name={fields.category.name} defaultValue={fields.category.initialValue} maxLength={60} />
            )}
          </Field>
        </div>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={state !== "idle"}>
            {t("open")}
          </Button>
          <LinkButton to={to("tickets")} variant="quiet">
            {ui("cancel")}
          </LinkButton>
        </div>
      </Form>
    </Page>
  );
}
