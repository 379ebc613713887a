import type { FieldMetadata } from "@conform-to/react";

import { Field } from "./field.tsx";
import { Input } from "./inputs.tsx";

interface TimeRangeFieldsProps {
  /** Two times of the day, `08:00`, each with its label. */
  fields: readonly { field: FieldMetadata<string>; label: string }[];
  hint: string;
}

/** From one time of the day to another. */
export function TimeRangeFields({ fields, hint }: TimeRangeFieldsProps) {
  return (
    <div>
      <div className="flex flex-wrap items-start gap-4">
        {fields.map(({ field, label }) => (
          <Field key={field.name} field={field} label={label}>
            {(aria) => (
              <Input
                {...aria}
                type="time"
                name={field.name}
                defaultValue={field.initialValue}
                required
                className="w-32"
              />
            )}
          </Field>
        ))}
      </div>
      <p className="mt-1 max-w-[75ch] text-xs text-faint">{hint}</p>
    </div>
  );
}
