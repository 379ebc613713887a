import type { FieldMetadata } from "@conform-to/react";

import { SelectField } from "#app/ui/select-field.tsx";

interface TemplateFieldProps {
  field: FieldMetadata<string>;
  templates: readonly { name: string; body: string }[];
  label: string;
  hint: string;
  /** The choice of none. */
  nothing: string;
  /** Said where there is none to choose. */
  noneYet: string;
}

/** Which approved template stands in where free words may not. */
export function TemplateField({ field, templates, label, hint, nothing, noneYet }: TemplateFieldProps) {
  if (templates.length === 0) return <p className="text-xs text-faint">{noneYet}</p>;
  return (
    <SelectField
      field={field}
      label={label}
      hint={hint}
      options={[["", nothing], ...templates.map(({ name, body }) => [name, `${name} – ${body.slice(0, 60)}`] as const)]}
    />
  );
}
