import type { FieldMetadata } from "@conform-to/react";
import type { ComponentProps, ReactNode } from "react";

import { Field } from "./field.tsx";
import { Input } from "./inputs.tsx";

interface TextFieldProps extends Omit<ComponentProps<typeof Input>, "name" | "defaultValue" | "id"> {
  field: FieldMetadata<string>;
  label: ReactNode;
  hint?: ReactNode;
}

/** One line of text of a Conform form, with its label, hint and error; it has to be filled unless `required` is false. */
export function TextField({ field, label, hint, className, required = true, ...input }: TextFieldProps) {
  return (
    <Field field={field} label={label} hint={hint} className={className}>
      {(aria) => (
        <Input
          {...input}
          {...aria}
          key={field.key}
          name={field.name}
          defaultValue={field.initialValue}
          required={required}
        />
      )}
    </Field>
  );
}
