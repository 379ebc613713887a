import type { SubmissionResult } from "@conform-to/react";

import { useT } from "#app/i18n/react.tsx";
import { FieldControl, fieldName, type OwnField, type OwnValue } from "#app/routes/tickets/field-control.tsx";
import { Field } from "#app/ui/field.tsx";

interface OwnFieldInputsProps {
  fields: readonly OwnField[];
  values: Readonly<Record<string, OwnValue>>;
  lastResult: SubmissionResult | undefined;
}

/** The business's own fields inside a form, each with its value or what was typed and refused. */
export function OwnFieldInputs({ fields, values, lastResult }: OwnFieldInputsProps) {
  const t = useT("ticketWork");
  if (fields.length === 0) return null;
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1 text-xs font-semibold text-faint">{t("ownFields")}</legend>
      {fields.map((field) => {
        const name = fieldName(field);
        const typed = lastResult?.initialValue?.[name];
        return (
          <Field
            key={field.id}
            field={{ id: `own-${field.id}`, errors: lastResult?.error?.[name] ?? undefined }}
            label={field.name}
            optional
          >
            {(aria) => (
              <FieldControl
                {...aria}
                field={field}
                name={name}
                value={typeof typed === "string" ? typed : values[field.id]}
              />
            )}
          </Field>
        );
      })}
    </fieldset>
  );
}
