import type { ComponentProps } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";

/** A field of the business's own, as the page has it. */
export interface OwnField {
  id: string;
  name: string;
  type: "text" | "number" | "date" | "choice" | "yes_no";
  choices: readonly string[];
  required: boolean;
  archivedAt: Date | null;
}
export type OwnValue = string | number | boolean | null | undefined;

/** What forms and refusals know the field by. */
export const fieldName = (field: Pick<OwnField, "id">) => `field:${field.id}`;

/** A value as a form writes it. */
export function fieldText(value: OwnValue): string {
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "");
}

/** The values of a form's own fields, by the field's id. */
export function ownValuesIn(values: Record<string, string>): Record<string, string> {
  const own = Object.entries(values).filter(([name]) => name.startsWith("field:"));
  return Object.fromEntries(own.map(([name, value]) => [name.slice("field:".length), value ?? ""]));
}

interface FieldControlProps extends Pick<
  ComponentProps<"input">,
  "id" | "disabled" | "aria-invalid" | "aria-describedby"
> {
  field: OwnField;
  name: string;
  value: OwnValue;
  size?: "md" | "sm";
}

/** The control that a field's type asks for. */
export function FieldControl({ field, value, ...rest }: FieldControlProps) {
  const t = useT("ticketWork");
  const text = fieldText(value);
  if (field.type === "yes_no" || field.type === "choice") {
    // A choice that went stays until another is chosen.
    const gone = field.type === "choice" && text !== "" && !field.choices.includes(text) ? [text] : [];
    const options =
      field.type === "yes_no"
        ? ([
            ["yes", t("yes")],
            ["no", t("no")],
          ] as const)
        : [...field.choices, ...gone].map((choice) => [choice, choice] as const);
    return (
      <Select {...rest} defaultValue={text}>
        <option value="">{t("choose")}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </Select>
    );
  }
  if (field.type === "date") return <Input {...rest} type="date" defaultValue={text} />;
  return (
    <Input
      {...rest}
      type="text"
      inputMode={field.type === "number" ? "decimal" : undefined}
      maxLength={1_000}
      defaultValue={text}
      autoComplete="off"
    />
  );
}
