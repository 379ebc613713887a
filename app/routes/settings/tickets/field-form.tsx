import { useForm, type SubmissionResult } from "@conform-to/react";
import { useState } from "react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import type { OwnField } from "#app/routes/tickets/field-control.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Select, Textarea } from "#app/ui/inputs.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { SaveOrCancel } from "./save-or-cancel.tsx";

export const fieldTypes = ["text", "number", "date", "choice", "yes_no"] as const;

/** What a field is called, what it takes, and whether a ticket is resolved without it. Its type is chosen once. */
export function FieldForm({ field, lastResult }: { field: OwnField | null; lastResult: SubmissionResult | undefined }) {
  const t = useT("ticketWork");
  const [form, fields] = useForm<{ name: string; type: string; choices: string; required: string }>({
    id: "field",
    lastResult,
    defaultValue: field
      ? { name: field.name, choices: field.choices.join("\n"), required: field.required ? "yes" : "" }
      : { type: "text" },
  });
  const [type, setType] = useState<string>(field?.type ?? fields.type.initialValue ?? "text");
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={field ? t("editNamed", { name: field.name }) : t("newField")}
      className="flex max-w-150 flex-col gap-3 rounded-xl bg-sunken px-5 py-4"
    >
      {field ? <input type="hidden" name="id" value={field.id} /> : null}
      <FormErrors errors={form.errors} id={form.errorId} />
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <TextField field={fields.name} label={t("name")} maxLength={60} autoComplete="off" />
        {field ? null : (
          <Field field={fields.type} label={t("type")}>
            {(aria) => (
              <Select {...aria} name="type" defaultValue={type} onChange={(event) => setType(event.target.value)}>
                {fieldTypes.map((one) => (
                  <option key={one} value={one}>
                    {t(`type.${one}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {type === "choice" ? (
        <Field field={fields.choices} label={t("choices")} hint={field ? t("choicesHint") : undefined}>
          {(aria) => <Textarea {...aria} name="choices" rows={4} defaultValue={fields.choices.initialValue} />}
        </Field>
      ) : (
        <noscript>
          <Field field={{ id: "field-choices-plain" }} label={t("choices")} optional>
            {(aria) => <Textarea {...aria} name="choices" rows={4} />}
          </Field>
        </noscript>
      )}
      <Checkbox
        name="required"
        value="yes"
        defaultChecked={fields.required.initialValue === "yes"}
        label={t("required")}
      />
      <SaveOrCancel isNew={field === null} />
    </Form>
  );
}
