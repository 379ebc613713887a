import type { FieldMetadata } from "@conform-to/react";

import { useT } from "#app/i18n/react.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { TextField } from "#app/ui/text-field.tsx";

interface TeamFieldsProps {
  name: FieldMetadata<string>;
  description: FieldMetadata<string>;
}

export function TeamFields({ name, description }: TeamFieldsProps) {
  const t = useT("teams");
  return (
    <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <TextField field={name} label={t("name")} maxLength={60} />
      <Field field={description} label={t("description")} optional>
        {(aria) => (
          <Input
            {...aria}
            key={description.key}
            name={description.name}
            defaultValue={description.initialValue}
            maxLength={300}
          />
        )}
      </Field>
    </div>
  );
}
