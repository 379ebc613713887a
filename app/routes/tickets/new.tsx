import { useForm } from "@conform-to/react";
import { Form, redirect, useNavigation, useSubmit } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Select, Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { Route } from "./+types/new";
import { FieldControl, fieldName, ownValuesIn } from "./field-control.tsx";
import { focusFirst } from "./focus-first.ts";
import { priorities, priorityWords } from "./ticket-words.ts";

/** `?customer=` and `?conversation=` say whom and what it is about, `?call=` which call it is about,
 * `?parent=` of which ticket it is a part, `?template=` what it begins with. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const customerId = searchParams.get("customer");
  const conversationId = searchParams.get("conversation");
  const [assignees, teams, form, templates, customer] = await Promise.all([
    api.tickets.assignees(),
    api.teams.list(),
    api.ticketForms.read(),
    api.ticketForms.templates.list(),
    customerId ? api.customers.get({ customerId }) : null,
  ]);
  return {
    assignees,
    teams: teams.map(({ id, name }) => ({ id, name })),
    customer: customer && { id: customer.customer.id, name: customer.customer.displayName },
    conversationId,
    callId: searchParams.get("call"),
    parent: /^\d{1,9}$/.exec(searchParams.get("parent") ?? "")?.[0] ?? null,
    categories: form.categories.filter(({ archivedAt }) => !archivedAt),
    fields: form.fields.filter(({ archivedAt }) => !archivedAt),
    templates,
    template: templates.find(({ id }) => id === searchParams.get("template")) ?? null,
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return answerForm(
    await request.formData(),
    async ({
      subject = "",
      description,
      categoryId,
      priority,
      assigneeId,
      teamId,
      customerId,
      conversationId,
      callId,
      parent,
      ...rest
    }) => {
      const { calls, tickets } = context.get(apiContext);
      const wanted = {
        subject,
        ...(description ? { description } : {}),
        ...(categoryId ? { categoryId } : {}),
        ...(parent ? { parentNumber: Number(parent) } : {}),
        fields: ownValuesIn(rest),
        ...(assigneeId ? { assigneeId } : {}),
        ...(teamId ? { teamId } : {}),
        ...(customerId ? { customerId } : {}),
        ...(conversationId ? { conversationId } : {}),
        priority: priorities.find((known) => known === priority),
      };
      const { number } = callId ? await calls.openTicket({ ...wanted, callId }) : await tickets.open(wanted);
      return redirect(`/t/${params.tenant}/tickets/${number}`);
    },
  );
}

type Fields = {
  subject: string;
  description: string;
  categoryId: string;
  priority: string;
  assigneeId: string;
  teamId: string;
};

export default function NewTicket({
  loaderData: {
    assignees,
    teams,
    customer,
    conversationId,
    callId,
    parent,
    categories,
    fields: own,
    templates,
    template,
  },
  actionData,
}: Route.ComponentProps) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const together = useT("together");
  const ui = useT("ui");
  const to = useTenantPath();
  const { state } = useNavigation();
  const refused = refusedIn(actionData);
  const typed = (name: string) => {
    const value = refused?.initialValue?.[name];
    return typeof value === "string" ? value : undefined;
  };
  const [form, fields] = useForm<Fields>({
    // Another template is another form.
    id: `ticket-${template?.id ?? "new"}`,
    lastResult: refused,
    defaultValue: template
      ? {
          subject: template.subject,
          description: template.description,
          priority: template.priority,
          categoryId: categories.some(({ id }) => id === template.categoryId) ? template.categoryId : "",
        }
      : { priority: "medium" },
  });
  return (
    <Page title={t("new")}>
      {templates.length > 0 ? (
        <TemplateChoice
          templates={templates}
          chosen={template?.id ?? ""}
          about={{ customer: customer?.id, conversation: conversationId, parent }}
        />
      ) : null}
      <PostForm form={form} key={form.id} className="flex max-w-160 flex-col gap-4 px-5 pt-2 pb-12 max-sm:px-4">
        {customer ? (
          <p className="text-dim">
            {t("forCustomer", { name: customer.name })}
            {conversationId ? ` · ${t("fromConversation")}` : ""}
            <input type="hidden" name="customerId" value={customer.id} />
          </p>
        ) : null}
        {parent ? (
          <p className="text-dim">
            {work("childOf", { number: parent })}
            <input type="hidden" name="parent" value={parent} />
          </p>
        ) : null}
        {conversationId ? <input type="hidden" name="conversationId" value={conversationId} /> : null}
        {callId ? <input type="hidden" name="callId" value={callId} /> : null}
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
        <div className="grid gap-4 sm:grid-cols-2">
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
          {teams.length > 0 ? (
            <SelectField
              field={fields.teamId}
              label={together("team")}
              hint={t("teamHint")}
              options={[["", together("noTeam")], ...teams.map(({ id, name }) => [id, name] as const)]}
            />
          ) : null}
          <SelectField
            field={fields.categoryId}
            label={t("category")}
            options={[["", work("noCategory")], ...categories.map(({ id, name }) => [id, name] as const)]}
          />
        </div>
        {own.length > 0 ? (
          <fieldset className="grid gap-4 sm:grid-cols-2">
            <legend className="sr-only">{work("ownFields")}</legend>
            {own.map((field) => {
              const name = fieldName(field);
              const state = { id: `new-${field.id}`, errors: refused?.error?.[name] ?? undefined };
              return (
                <Field
                  key={field.id}
                  field={state}
                  label={field.name}
                  optional={!field.required}
                  hint={field.required ? work("requiredToResolve") : undefined}
                >
                  {(aria) => (
                    <FieldControl
                      {...aria}
                      field={field}
                      name={name}
                      value={typed(name) ?? template?.fields[field.id]}
                    />
                  )}
                </Field>
              );
            })}
          </fieldset>
        ) : null}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={state !== "idle"}>
            {t("open")}
          </Button>
          <LinkButton to={to("tickets")} variant="quiet">
            {ui("cancel")}
          </LinkButton>
        </div>
      </PostForm>
    </Page>
  );
}

interface TemplateChoiceProps {
  templates: readonly { id: string; name: string }[];
  chosen: string;
  /** What the new ticket is about stays in the address. */
  about: { customer: string | undefined; conversation: string | null; parent: string | null };
}

/** What the new ticket begins with: chosen, the form is filled in anew. */
function TemplateChoice({ templates, chosen, about }: TemplateChoiceProps) {
  const work = useT("ticketWork");
  const submit = useSubmit();
  return (
    <Form
      className="flex max-w-160 flex-wrap items-end gap-2 px-5 pt-2 pb-2 max-sm:px-4"
      onChange={(event) => void submit(event.currentTarget, { replace: true })}
    >
      {Object.entries(about).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <label className="flex min-w-60 flex-col gap-1">
        <span className="font-medium">{work("template")}</span>
        <Select name="template" defaultValue={chosen}>
          <option value="">{work("noTemplate")}</option>
          {templates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </label>
      <noscript>
        <button className="btn">{work("useTemplate")}</button>
      </noscript>
    </Form>
  );
}
