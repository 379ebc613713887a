import { useForm, type SubmissionResult } from "@conform-to/react";
import { useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

import { FoldedForm } from "../folded-form.tsx";
import { TemplateField } from "../template-field.tsx";
import type { MessageSettings } from "./page.tsx";
import { TemplateValues } from "./template-values.tsx";
import { variables } from "./variables.ts";

interface WordsFormProps {
  message: MessageSettings["messages"][number];
  templates: MessageSettings["templates"];
  refused: SubmissionResult | undefined;
}

type Fields = Record<"textFr" | "textEn" | "templateName", string>;

/** One kind of message: whether it is sent, in which words, and what stands in for it where free words may not. */
export function WordsForm({ message, templates, refused }: WordsFormProps) {
  const t = useT("appointmentMessages");
  const { kind, enabled, defaults, previews } = message;
  const [templateName, chooseTemplate] = useState(
    String(refused?.initialValue?.["templateName"] ?? message.templateName ?? ""),
  );
  const name = t(`kind.${kind}`);
  const [form, fields] = useForm<Fields>({
    id: `words-${kind}`,
    lastResult: refused,
    defaultValue: {
      textFr: message.textFr ?? "",
      textEn: message.textEn ?? "",
      templateName: message.templateName ?? "",
    },
  });
  const template = templates.find((one) => one.name === templateName);
  return (
    <FoldedForm
      form={form}
      name={name}
      about={t(`explain.${kind}`)}
      enabled={enabled}
      state={t(enabled ? "on" : "off")}
      enable={t("enabled")}
      isRefused={refused !== undefined}
      saveLabel={t("saveNamed", { kind: name })}
    >
      <input type="hidden" name="intent" value="words" />
      <input type="hidden" name="kind" value={kind} />
      {(["textFr", "textEn"] as const).map((field) => (
        <Field
          key={field}
          field={fields[field]}
          label={t(field)}
          hint={t("textHint", { variables: variables.map((one) => `{{${one}}}`).join(", ") })}
        >
          {(aria) => (
            <Textarea
              {...aria}
              name={field}
              rows={3}
              maxLength={1000}
              defaultValue={fields[field].initialValue}
              placeholder={defaults[field === "textFr" ? "fr" : "en"]}
            />
          )}
        </Field>
      ))}
      <Previews previews={previews} />
      <div
        className="flex flex-col gap-4"
        onChange={(event) => (event.target instanceof HTMLSelectElement ? chooseTemplate(event.target.value) : null)}
      >
        <TemplateField
          field={fields.templateName}
          templates={templates}
          label={t("template")}
          hint={t("templateHint")}
          nothing={t("noTemplate")}
          noneYet={t("noTemplates")}
        />
      </div>
      <TemplateValues template={template} values={message.templateValues} />
    </FoldedForm>
  );
}

/** What a customer would read, with what is kept now. */
function Previews({ previews }: { previews: { fr: string; en: string } }) {
  const t = useT("appointmentMessages");
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {(["fr", "en"] as const).map((language) => (
        <figure key={language} className="flex flex-col gap-1">
          <figcaption className="text-xs text-faint">
            {t("preview")} · {t(language === "fr" ? "previewFr" : "previewEn")}
          </figcaption>
          <blockquote lang={language} className="rounded-lg bg-sunken px-3 py-2 break-words whitespace-pre-line">
            {previews[language]}
          </blockquote>
        </figure>
      ))}
    </div>
  );
}
