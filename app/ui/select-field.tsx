import type { FieldMetadata } from "@conform-to/react";
import type { ReactNode } from "react";

import { Field } from "./field.tsx";
import { Select } from "./inputs.tsx";

interface SelectFieldProps {
  field: FieldMetadata<string>;
  label: ReactNode;
  hint?: ReactNode;
  options: readonly (readonly [value: string, words: string])[];
}

/** One choice among several of a Conform form. */
export function SelectField({ field, label, hint, options }: SelectFieldProps) {
  return (
    <Field field={field} label={label} hint={hint}>
      {(aria) => (
        <Select {...aria} key={field.key} name={field.name} defaultValue={field.initialValue}>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
