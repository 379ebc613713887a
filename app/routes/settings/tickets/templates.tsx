import { useForm, type SubmissionResult } from "@conform-to/react";
import { FilePlus2 } from "lucide-react";
import { Form, redirect } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { ownValuesIn } from "#app/routes/tickets/field-control.tsx";
import { priorities, priorityWords } from "#app/routes/tickets/ticket-words.ts";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { useCan } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input, Textarea } from "#app/ui/inputs.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { Route } from "./+types/templates";
import { NamedRow } from "./named-row.tsx";
import { OwnFieldInputs } from "./own-field-inputs.tsx";
import { SaveOrCancel } from "./save-or-cancel.tsx";
import { TicketSettings } from "./settings-page.tsx";

/** `?new` opens the form, `?edit=<id>` that of one template. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { ticketForms } = context.get(apiContext);
  const [templates, form] = await Promise.all([ticketForms.templates.list(), ticketForms.read()]);
  const { searchParams } = new URL(request.url);
  return {
    templates,
    categories: form.categories.filter(({ archivedAt }) => !archivedAt),
    fields: form.fields.filter(({ archivedAt }) => !archivedAt),
    edited: templates.find(({ id }) => id === searchParams.get("edit")) ?? null,
    isNew: searchParams.has("new"),
  };
}

/** Every change of the list; `intent` names it. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const list = `/t/${params.tenant}/settings/tickets/templates`;
  const { templates } = context.get(apiContext).ticketForms;
  const form = await request.formData();
  return answerForm(form, async ({ intent, id: templateId = "", name = "", ...rest }) => {
    if (intent === "remove") {
      await templates.delete({ templateId });
      return redirect(list);
    }
    const { subject = "", description = "", categoryId, priority } = rest;
    const kept = {
      name,
      subject,
      description,
      categoryId: categoryId || null,
      priority: priorities.find((known) => known === priority) ?? "medium",
      fields: ownValuesIn(rest),
    };
    if (intent === "update") await templates.update({ ...kept, templateId });
    else await templates.create(kept);
    return redirect(list);
  });
}

type Loaded = Route.ComponentProps["loaderData"];

export default function Templates({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  const { templates, edited, isNew } = loaderData;
  return (
    <TicketSettings part="templates" intro={t("templatesIntro")} add={t("newTemplate")}>
      {allowed && (edited ?? isNew) ? (
        <TemplateForm key={edited?.id ?? "new"} loaded={loaderData} lastResult={refusedIn(actionData)} />
      ) : null}
      {templates.length === 0 && !isNew ? (
        <EmptyState icon={<FilePlus2 size={18} aria-hidden />} title={t("noTemplates")}>
          {t("noTemplatesBody")}
        </EmptyState>
      ) : (
        <ul aria-label={t("tab.templates")} className="border-t border-line">
          {templates.map(({ id, name, subject }) => (
            <NamedRow key={id} id={id} name={name}>
              {subject}
            </NamedRow>
          ))}
        </ul>
      )}
    </TicketSettings>
  );
}

function TemplateForm({ loaded, lastResult }: { loaded: Loaded; lastResult: SubmissionResult | undefined }) {
  const t = useT("ticketWork");
  const words = useT("tickets");
  const ui = useT("ui");
  const { edited, categories, fields: own } = loaded;
  type Fields = { name: string; subject: string; description: string; categoryId: string; priority: string };
  const [form, fields] = useForm<Fields>({
    id: "template",
    lastResult,
    defaultValue: edited ? { ...edited, categoryId: edited.categoryId ?? "" } : { priority: "medium" },
  });
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={edited ? t("editNamed", { name: edited.name }) : t("newTemplate")}
      className="flex max-w-160 flex-col gap-3 rounded-xl bg-sunken px-5 py-4"
    >
      {edited ? <input type="hidden" name="id" value={edited.id} /> : null}
      <FormErrors errors={form.errors} id={form.errorId} />
      <TextField field={fields.name} label={t("name")} maxLength={60} autoComplete="off" />
      <Field field={fields.subject} label={words("subject")} optional>
        {(aria) => <Input {...aria} name="subject" maxLength={200} defaultValue={fields.subject.initialValue} />}
      </Field>
      <Field field={fields.description} label={words("description")} optional>
        {(aria) => <Textarea {...aria} name="description" rows={4} defaultValue={fields.description.initialValue} />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          field={fields.categoryId}
          label={words("category")}
          options={[["", t("noCategory")], ...categories.map(({ id, name }) => [id, name] as const)]}
        />
        <SelectField
          field={fields.priority}
          label={words("priority")}
          options={priorities.map((one) => [one, ui(priorityWords[one])])}
        />
      </div>
      <OwnFieldInputs fields={own} values={edited?.fields ?? {}} lastResult={lastResult} />
      <SaveOrCancel isNew={edited === null} />
    </Form>
  );
}
