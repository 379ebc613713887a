import { useForm, type SubmissionResult } from "@conform-to/react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import type { OwnField, OwnValue } from "#app/routes/tickets/field-control.tsx";
import { priorities, priorityWords, statuses } from "#app/routes/tickets/ticket-words.ts";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { OwnFieldInputs } from "./own-field-inputs.tsx";
import { SaveOrCancel } from "./save-or-cancel.tsx";

interface EditedMacro {
  id: string;
  name: string;
  actions: {
    status?: string | undefined;
    priority?: string | undefined;
    categoryId?: string | null | undefined;
    assignee?: string | undefined;
    fields?: Record<string, OwnValue> | undefined;
    note?: string | undefined;
    reply?: string | undefined;
  };
}

interface MacroFormProps {
  macro: EditedMacro | null;
  categories: readonly { id: string; name: string }[];
  fields: readonly OwnField[];
  assignees: readonly { userId: string; name: string }[];
  lastResult: SubmissionResult | undefined;
}

/** What a macro changes, what it notes and what it answers; each may be left as it is. */
export function MacroForm({ macro, categories, fields: own, assignees, lastResult }: MacroFormProps) {
  const t = useT("ticketWork");
  const words = useT("tickets");
  const ui = useT("ui");
  const actions = macro?.actions ?? {};
  type Fields = Record<"name" | "status" | "priority" | "categoryId" | "assignee" | "note" | "reply", string>;
  const [form, fields] = useForm<Fields>({
    id: "macro",
    lastResult,
    defaultValue: {
      name: macro?.name ?? "",
      status: actions.status ?? "",
      priority: actions.priority ?? "",
      categoryId: actions.categoryId === null ? "none" : (actions.categoryId ?? ""),
      assignee: actions.assignee ?? "",
      note: actions.note ?? "",
      reply: actions.reply ?? "",
    },
  });
  const unchanged = ["", t("unchanged")] as const;
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={macro ? t("editNamed", { name: macro.name }) : t("newMacro")}
      className="flex max-w-160 flex-col gap-3 rounded-xl bg-sunken px-5 py-4"
    >
      {macro ? <input type="hidden" name="id" value={macro.id} /> : null}
      <FormErrors
        errors={form.errors?.length ? form.errors : (lastResult?.error?.["actions.name"] ?? undefined)}
        id={form.errorId}
      />
      <TextField field={fields.name} label={t("name")} maxLength={60} autoComplete="off" />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          field={fields.status}
          label={words("status")}
          options={[unchanged, ...statuses.map((one) => [one, words(`status.${one}`)] as const)]}
        />
        <SelectField
          field={fields.priority}
          label={words("priority")}
          options={[unchanged, ...priorities.map((one) => [one, ui(priorityWords[one])] as const)]}
        />
        <SelectField
          field={fields.categoryId}
          label={words("category")}
          options={[unchanged, ["none", t("noCategory")], ...categories.map(({ id, name }) => [id, name] as const)]}
        />
        <SelectField
          field={fields.assignee}
          label={words("assignee")}
          options={[
            unchanged,
            ["me", t("meRuns")],
            ["none", t("nobody")],
            ...assignees.map(({ userId, name }) => [userId, name] as const),
          ]}
        />
      </div>
      <OwnFieldInputs fields={own} values={actions.fields ?? {}} lastResult={lastResult} />
      <Field field={fields.note} label={t("macroNote")} optional>
        {(aria) => <Textarea {...aria} name="note" rows={2} defaultValue={fields.note.initialValue} />}
      </Field>
      <Field field={fields.reply} label={t("macroReply")} hint={t("replyHint")} optional>
        {(aria) => <Textarea {...aria} name="reply" rows={4} defaultValue={fields.reply.initialValue} />}
      </Field>
      <SaveOrCancel isNew={macro === null} />
    </Form>
  );
}
