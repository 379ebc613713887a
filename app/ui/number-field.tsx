import type { FieldMetadata } from "@conform-to/react";

import { Field } from "./field.tsx";
import { Input } from "./inputs.tsx";

interface NumberFieldProps {
  field: FieldMetadata<string>;
  label: string;
  hint?: string;
  min?: number;
  max?: number;
  /** Between two values; "any" lets fractions in. */
  step?: "any";
  /** Of the box itself, however long the hint. */
  className?: string;
}

/** A number of a Conform form, with its label, hint and error. */
export function NumberField({ field, label, hint, min = 0, ...input }: NumberFieldProps) {
  return (
    <Field field={field} label={label} hint={hint}>
      {(aria) => (
        <Input
          {...input}
          {...aria}
          key={field.key}
          type="number"
          name={field.name}
          min={min}
          defaultValue={field.initialValue}
          required
        />
      )}
    </Field>
  );
}
