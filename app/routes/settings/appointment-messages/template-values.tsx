import { useT } from "#app/i18n/react.tsx";
import { Select } from "#app/ui/inputs.tsx";

import type { MessageSettings } from "./page.tsx";
import { variables } from "./variables.ts";

interface TemplateValuesProps {
  /** The chosen one; undefined: none. */
  template: MessageSettings["templates"][number] | undefined;
  values: Readonly<Record<string, string>>;
}

/** What each variable of an approved message stands for. */
export function TemplateValues({ template, values }: TemplateValuesProps) {
  const t = useT("appointmentMessages");
  if (!template || template.variables.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-2 rounded-lg bg-sunken px-3 py-3">
      <legend className="sr-only">{template.name}</legend>
      <p className="text-dim">{template.body}</p>
      {template.variables.map((name, at) => (
        <label key={`${template.name} ${name}`} className="flex flex-wrap items-center gap-2">
          <span className="min-w-24 font-mono text-xs">{`{{${name}}}`}</span>
          <Select
            name={`value:${name.replaceAll(".", "~")}`}
            aria-label={t("templateValueOf", { name })}
            defaultValue={values[name] ?? variables[at] ?? "link"}
          >
            {variables.map((one) => (
              <option key={one} value={one}>
                {t(`variable.${one}`)}
              </option>
            ))}
          </Select>
        </label>
      ))}
    </fieldset>
  );
}
